"""The GPU: how numbers become light. All GL calls but those of the outputs."""
