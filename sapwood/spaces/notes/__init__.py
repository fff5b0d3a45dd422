"""Notes of a group: pages that everybody there writes, with every version kept."""
