"""Keeping a place kind: reports, decisions with reasons, appeals, hidden words."""
