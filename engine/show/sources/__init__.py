"""What drives parameters over the field, and how far."""
