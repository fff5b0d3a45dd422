"""One folder per kind of activity; kinds do not know each other."""
