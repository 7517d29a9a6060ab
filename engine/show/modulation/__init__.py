"""What moves parameters by itself."""
