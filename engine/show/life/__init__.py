"""The guard of life."""
