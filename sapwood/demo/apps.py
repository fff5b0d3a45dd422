"""Demo as a Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The sample organisation: believable people and twelve months of their learning."""

    name = "sapwood.demo"
    label = "demo"
