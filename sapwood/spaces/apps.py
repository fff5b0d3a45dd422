"""Spaces as a Django app."""

from django.apps import AppConfig


class SpacesConfig(AppConfig):
    """Groups, how people come and go, and when they meet."""

    name = "sapwood.spaces"
    label = "spaces"
