"""Core as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Pages, styles, jobs and policies."""

    name = "sapwood.core"

    def ready(self) -> None:
        """An empty field and one too full say so in our words, in forms of libraries too."""
        from django.forms import Field

        Field.default_error_messages["required"] = _("Please fill this in.")
        Field.default_error_messages["max_length"] = _(
            "There is room for %(limit_value)d characters here and this has %(show_value)d."
        )
