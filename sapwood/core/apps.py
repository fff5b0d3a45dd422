"""Core as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Pages, styles, jobs and policies."""

    name = "sapwood.core"
