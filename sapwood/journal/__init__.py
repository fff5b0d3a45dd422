"""The work journal: private notes on what work is teaching you."""
