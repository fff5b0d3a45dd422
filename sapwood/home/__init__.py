"""Composition: Today, your rings, Explore, and the shell around every page."""
