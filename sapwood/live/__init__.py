"""Live: what happens reaches open pages by itself, as ids and small numbers, over one stream."""
