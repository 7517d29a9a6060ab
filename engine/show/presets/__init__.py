"""Named places of a model."""
