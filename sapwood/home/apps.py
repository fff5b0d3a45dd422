"""Home as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Composition: Today, your rings, Explore, and the shell around every page."""

    name = "sapwood.home"
    label = "home"
