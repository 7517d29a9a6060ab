"""How a field begins."""
