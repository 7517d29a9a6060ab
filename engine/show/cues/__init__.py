"""What plays when."""
