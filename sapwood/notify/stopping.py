"""Stopping notices: one thing, one kind, or one channel; from the inbox, or from a letter.

What is stopped is a word: "thread:<id>" or "audience:<id>" (that thing), "kind:<slug>" (such
notices), "email:<group>" or "email:all" (that channel). A letter carries the word signed, with
the person's id; it can only ever make things quieter, so it works without signing in
(undoing.py takes that back).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from sapwood.notify.abouts import about_of
from sapwood.notify.kinds import GROUPS, groups, kinds
from sapwood.notify.models import Channel, Mute, Notice, Preference, Rhythm
from sapwood.notify.wishing import replan
from sapwood.people.models import Person

SALT = "sapwood.notify.stop"
ALL = "all"


@dataclass(frozen=True)
class Stop:
    """Who stops what; `kind` is the part before the colon, `value` the one after."""

    person: Person
    what: str

    @property
    def kind(self) -> str:
        """As "thread", "kind" or "email"."""
        return self.what.partition(":")[0]

    @property
    def value(self) -> str:
        """As an id, a slug or a group."""
        return self.what.partition(":")[2]

    @property
    def words(self) -> str:
        """What would stop, for a page that names no titles."""
        if self.kind in Channel.values:
            group = GROUPS.get(self.value)
            about = str(group.name) if group else _("everything")
            return _("%(channel)s about: %(about)s") % {
                "channel": Channel(self.kind).label, "about": about,
            }  # fmt: skip
        if self.kind == "kind":
            known = kinds().get(self.value)
            return str(known.name) if known else ""
        what = about_of(self.kind)
        return str(what.word) if what else ""

    def begin(self, now: datetime, title: str = "") -> None:
        """Stops it; what waits to leave because of it leaves no more."""
        with transaction.atomic():
            if self.kind in Channel.values:
                self._set(Rhythm.OFF)
            else:
                if not self._tell_app(on=True):
                    Mute.objects.get_or_create(
                        person=self.person, what=self.what, defaults={"title": title, "at": now}
                    )
                self._waiting().update(email_due_at=None, push_due_at=None, unsent=0)
            replan(self.person, now)

    def end(self, now: datetime) -> None:
        """Starts it again."""
        with transaction.atomic():
            if self.kind in Channel.values:
                self._set(None)
            else:
                Mute.objects.filter(person=self.person, what=self.what).delete()
                self._tell_app(on=False)
            replan(self.person, now)

    def _set(self, rhythm: str | None) -> None:
        slugs = [group.slug for group in groups() if self.value in (ALL, group.slug)]
        mine = Preference.objects.of(self.person).filter(group__in=slugs, channel=self.kind)
        if rhythm is None:
            mine.delete()
            return
        for slug in slugs:
            Preference.objects.update_or_create(
                person=self.person, group=slug, channel=self.kind, defaults={"rhythm": rhythm}
            )

    def _tell_app(self, *, on: bool) -> bool:
        what = about_of(self.kind)
        return bool(what and what.mute(self.person, UUID(self.value), on=on))

    def _waiting(self) -> Any:
        rows = Notice.objects.unread().filter(person=self.person)
        if self.kind == "kind":
            return rows.filter(kind=self.value)
        return rows.about(self.kind, UUID(self.value)) | rows.filter(place=self.what)


def is_stoppable(what: str) -> bool:
    """True for a word that `Stop` understands."""
    name, _colon, value = what.partition(":")
    if name in Channel.values:
        return value in {ALL, *GROUPS}
    if name == "kind":
        return value in kinds()
    try:
        UUID(value)
    except ValueError:
        return False
    return about_of(name) is not None


def stop_token(person: UUID, what: str) -> str:
    """What a letter carries in its address to stop `what`."""
    return signing.dumps([person.hex, what], salt=SALT)


def stop_path(person: UUID, what: str) -> str:
    """The path that stops `what`: GET shows a button, POST (also List-Unsubscribe-Post) does it."""
    return reverse("notice_stop_link", args=[stop_token(person, what)])


def read_token(token: str) -> Stop:
    """Who stops what. Raises signing.BadSignature, and Person.DoesNotExist after an erasure."""
    person, what = signing.loads(token, salt=SALT)
    if not is_stoppable(what):
        raise signing.BadSignature("nothing to stop")
    return Stop(Person.objects.active().get(pk=UUID(person)), what)
