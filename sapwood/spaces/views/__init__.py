"""Pages of groups, one subject a file."""
