"""Spaces: communities, teams, circles and cohorts; who belongs, and the page they share."""
