"""Changing who reads a group: what it would show to whom, and telling its members."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from sapwood.conversations.models import Message, Thread
from sapwood.conversations.posting import open_thread
from sapwood.conversations.refusing import Refused
from sapwood.core.announcing import announce
from sapwood.core.ids import uuid7
from sapwood.people.models import Organisation, Person
from sapwood.spaces.joining import hold
from sapwood.spaces.models import Openness, Space


@dataclass(frozen=True)
class Exposure:
    """What more people could read: threads and messages of so many members."""

    threads: int
    messages: int
    people: int

    def __bool__(self) -> bool:
        return bool(self.threads)


def opens(space: Space, openness: str) -> bool:
    """True if words that only members read would be read by everyone."""
    return openness == Openness.OPEN and space.openness != Openness.OPEN


def exposed(space: Space) -> Exposure:
    """What was said so far, for members alone."""
    said = Message.objects.filter(thread__audience=space.audience_id, removed_at=None)
    return Exposure(
        threads=Thread.objects.filter(audience=space.audience_id).count(),
        messages=said.count(),
        people=said.order_by().values("author").distinct().count(),
    )


def change_openness(space: Space, openness: str, *, by: Person, now: datetime) -> None:
    """Changes it; members read in the stream that everyone can read it from now on, and who did
    it. They can still take out what they said. Raises Refused for hiding what a rule fills."""
    with transaction.atomic():
        space = hold(space)
        tells = opens(space, openness)
        space.openness = openness
        if space.rules.exists() and not space.may_set_rules(by):
            raise Refused(_("This group has rules. Take them out first, then it can be hidden."))
        space.save(update_fields=["openness"])
        if tells and not space.is_archived:
            _tell(space, by, now)
        announce("readers_changed", space.audience_id)


def _tell(space: Space, by: Person, now: datetime) -> None:
    with override(space.language):
        text = _(
            "I have opened this group: everyone at %(name)s can read it from now on, also what was"
            " said before. If there is something of yours that was meant for us alone, edit or"
            " remove it."
        ) % {"name": Organisation.current().name}
    open_thread(by, space.audience, key=uuid7(), text=text, now=now, keeps_moment=False)
