"""What lies over pictures, and between them: effects and transitions."""
