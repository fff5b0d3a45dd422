"""Resource as a Django app."""

from django.apps import AppConfig


class ResourceConfig(AppConfig):
    """Kind: resource. An article, a file or a link."""

    name = "sapwood.kinds.resource"
    label = "resource"
