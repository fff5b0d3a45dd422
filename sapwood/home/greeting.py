"""The first words of the day: a greeting for the hour, and one sentence of what is ahead."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def greeting(name: str, now: datetime) -> str:
    """Good morning until noon, good afternoon until six, good evening from then until four."""
    words = {"name": name}
    if 4 <= now.hour < 12:
        return _("Good morning, %(name)s") % words
    if 12 <= now.hour < 18:
        return _("Good afternoon, %(name)s") % words
    return _("Good evening, %(name)s") % words


def ahead(coming: int, going_on: int) -> str:
    """What waits, in one sentence that ends with the quiet page."""
    parts = []
    if coming:
        parts.append(
            ngettext("%(n)s thing in your calendar", "%(n)s things in your calendar", coming)
            % {"n": coming}
        )
    if going_on:
        parts.append(
            ngettext("%(n)s you have begun", "%(n)s you have begun", going_on) % {"n": going_on}
        )
    if not parts:
        return _("Nothing is waiting. There is a quiet page if you want it.")
    if len(parts) == 1:
        return _("%(first)s, and a quiet page if you want it.") % {"first": parts[0]}
    return _("%(first)s, %(second)s, and a quiet page if you want it.") % {
        "first": parts[0],
        "second": parts[1],
    }
