"""Stretch as a Django app."""

from django.apps import AppConfig


class StretchConfig(AppConfig):
    """Kind: stretch assignment. Real work slightly beyond present mastery, with support."""

    name = "sapwood.kinds.stretch"
    label = "stretch"
