"""Other programs' palettes, gradients and pictures, read."""
