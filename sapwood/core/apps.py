"""Core as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Pages, styles, jobs and policies."""

    name = "sapwood.core"

    def ready(self) -> None:
        """Every empty field asks in our words, in forms of libraries too."""
        from django.forms import Field

        Field.default_error_messages["required"] = _("Please fill this in.")
