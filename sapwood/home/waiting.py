"""Waiting for you: askings and answers in activities, what was shown to you, replies to you."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import ngettext

from sapwood.activities.registry import waiting
from sapwood.core.prepared import Prepared
from sapwood.home.shared import SharedWith
from sapwood.journal.models import Reply
from sapwood.people.models import Person

LATELY = timedelta(days=14)
MOST = 5


@dataclass(frozen=True)
class Line:
    """One thing that waits: where it is (nothing if its page is closed), its words, its title."""

    url: str
    text: str
    about: str = ""


def _asking(person: UUID, since: datetime) -> Any:
    things = SharedWith(person)
    replies = Reply.objects.filter(entry__person=person, at__gte=since).exclude(author=person)
    return _named(things.entries.filter(shared_at__gte=since), "", "pk").union(
        _named(things.moments.filter(shared_at__gte=since), "", "pk"),
        _named(things.years.filter(shared_at__gte=since), "", "pk"),
        _named(replies, "reply", "entry_id"),
        all=True,
    )


_lately = Prepared(_asking)


def waiting_for(person: Person, now: datetime) -> list[Line]:
    """The lines for Today; one query for each kind and one for what was shown and replied."""
    lines = [
        Line(
            reverse("activity_show", args=[row.activity.pk]) if row.opens else "",
            row.text,
            row.about,
        )
        for row in waiting(person, now)[:MOST]
    ]
    return lines + _shown(person, now - LATELY)


def _shown(person: Person, since: datetime) -> list[Line]:
    """One line for what colleagues showed, one for each entry of one's own with replies."""
    rows = _lately(person=person.pk, since=since)
    found = Counter((what, key if what else "") for what, key in rows)
    lines = []
    for (what, key), count in found.items():
        if what:
            words = ngettext("A reply to your entry", "%(count)s replies to your entry", count)
            url = reverse("journal_entry", args=[UUID(key)])
        else:
            words = ngettext(
                "A colleague showed you something",
                "Colleagues showed you %(count)s things",
                count,
            )
            url = reverse("shared_with_me")
        lines.append(Line(url, words % {"count": count}))
    return lines[:MOST]


def _named(rows: Any, what: str, key: str) -> Any:
    """Pairs of what it is and which, alike for every table."""
    words = Value(what, CharField())
    pairs = rows.order_by().select_related(None).annotate(what=words, key=Cast(key, CharField()))
    return pairs.values_list("what", "key")
