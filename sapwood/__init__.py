"""Sapwood: all the ways people learn at work."""

__version__ = "0.1.0"
