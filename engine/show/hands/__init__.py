"""Hands on the field, and on knobs."""
