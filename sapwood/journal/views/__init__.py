"""The journal's pages: writing, reading, saving while writing, showing to others."""
