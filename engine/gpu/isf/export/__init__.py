"""Export: models and looks of ours become plain ISF files, whole in themselves, for other hosts."""
