"""Reading: how many notices are new, and marking them as read from the page they are about."""

from datetime import datetime
from uuid import UUID

from sapwood.core.prepared import Prepared
from sapwood.notify.models import Notice
from sapwood.people.models import Person

MOST = 100  # from here on the bell says "99+"

_new = Prepared(
    lambda person, now: (
        Notice.objects.filter(person=person, read_at__isnull=True, shows_at__lte=now)
        .order_by()
        .values_list("count")[:MOST]
    )
)


def new_count(person: Person, now: datetime) -> int:
    """How many rows of the inbox are new, at most 100; one cheap query, on every page."""
    return len(_new(person=person.pk, now=now))


def mark_seen(person: UUID, name: str, pk: UUID, now: datetime) -> int:
    """Reads what is about a thing whose page this person is looking at; says how many rows."""
    return Notice.objects.filter(person=person).showing(now).about(name, pk).read(now)
