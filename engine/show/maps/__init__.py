"""The map of a model, and ways through what lives."""
