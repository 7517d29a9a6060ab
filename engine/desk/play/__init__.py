"""What a move of a control plays: maps, bindings, learning, and what the controller shows."""
