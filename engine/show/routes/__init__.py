"""Addresses and what they do."""
