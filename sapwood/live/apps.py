"""Live as a Django app."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The log of events, the hub of each serving process, and the streams it feeds."""

    name = "sapwood.live"
    label = "live"
