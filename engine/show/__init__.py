"""The show: what a message means. Pure Python and NumPy; never a device, never GL."""
