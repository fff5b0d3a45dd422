"""Journal as a Django app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The work journal: private notes on what work is teaching you."""

    name = "sapwood.journal"
    label = "journal"
