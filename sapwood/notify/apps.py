"""Notices as a Django app."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Notices: what moved, told once, at the rhythm each person chose."""

    name = "sapwood.notify"
    label = "notify"
