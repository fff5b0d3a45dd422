"""People from a file: read it, match its columns, compare, save, and hand back what failed."""
