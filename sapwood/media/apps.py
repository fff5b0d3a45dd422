"""Media as a Django app."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Uploads: pictures and files, checked on the way in, served to those who may see them."""

    name = "sapwood.media"
    label = "media"
