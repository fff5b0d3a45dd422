"""Guidance: one offer at a time, with its reason, from the person's own record and wishes."""
