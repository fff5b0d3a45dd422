"""The sample organisation: believable people and twelve months of their learning."""
