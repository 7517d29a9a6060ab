"""Palettes and what becomes of them."""
