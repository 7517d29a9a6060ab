"""What is kept, told and brought back."""
