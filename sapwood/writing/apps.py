"""Writing as a Django app."""

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """What every composer needs: drafts on the server, and words for reading."""

    name = "sapwood.writing"
    label = "writing"
