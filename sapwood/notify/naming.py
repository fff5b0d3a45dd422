"""Naming those who did something: "Jonas and 4 others", in the language in force."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sapwood.notify.models.notice import Notice


def who(notice: Notice, names: int = 1) -> str:
    """The first names of the latest one or two, and how many others."""
    people = [notice.actor, notice.actor_before]
    named = [person.first_name for person in people if person][: max(names, 1)]
    others = notice.actors_count - len(named)
    if not named:
        return _("Someone")
    if others == 1 and len(named) == 1 and notice.actor_before:
        named, others = [*named, notice.actor_before.first_name], 0
    if others <= 0:
        return named[0] if len(named) == 1 else _("%(one)s and %(two)s") % _two(named)
    words = ngettext("%(names)s and %(n)s other", "%(names)s and %(n)s others", others)
    return words % {"names": ", ".join(named), "n": others}


def _two(names: list[str]) -> dict[str, str]:
    return {"one": names[0], "two": names[1]}
