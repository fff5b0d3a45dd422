"""Activities: anything organised that people can take part in."""
