"""The log as the hubs read it: in the order in which events became visible, so that none is missed.

On PostgreSQL numbers are drawn before their transactions commit: event 6 may be visible while 5 is
not yet, and whoever has read up to 6 would never look at 5 again. So readers go by `place`, which
a reader gives, under a lock, to what it can see. SQLite has one writer at a time: `seq` will do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Min, Q

from sapwood.live.models import Event

BEHIND = 200  # who missed more than this is told to look at everything again
AT_ONCE = 500
KEPT = timedelta(hours=1)
MARGIN = timedelta(seconds=3)  # between the time of an event and its commit
# What hubs tell each other; nobody else can listen to it.
ENDED, CHECK, READERS = "ended:", "check:", "readers:"
_LOCK = 0x73617077
_NEWS = {
    "seq": "SELECT 1 FROM live_event WHERE seq > %s LIMIT 1",
    "place": "SELECT 1 FROM live_event WHERE place > %s OR place IS NULL LIMIT 1",
}
_GIVE_PLACES = """
    UPDATE live_event SET place = new.place FROM (
        SELECT seq, (SELECT COALESCE(MAX(place), 0) FROM live_event)
            + row_number() OVER (ORDER BY seq) AS place
        FROM live_event WHERE place IS NULL
    ) new WHERE live_event.seq = new.seq"""


@dataclass(frozen=True, slots=True)
class Heard:
    """An event as it goes to every browser that listens: written once."""

    place: int
    topic: str
    message: bytes


@dataclass(frozen=True, slots=True)
class Missed:
    """What a stream that starts has to be told first; `upto` is the place it has reached then."""

    upto: int
    events: tuple[Heard, ...] = ()
    is_too_much: bool = False


def latest() -> int:
    """The place of the newest event, 0 before the first."""
    _give_places()
    return int(Event.objects.aggregate(newest=Max(_column()))["newest"] or 0)


def has_news(place: int) -> bool:
    """True if there is anything after this place: asked twenty times a second, so in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWS[_column()], [place])
        return cursor.fetchone() is not None


def after(place: int) -> list[Heard]:
    """The next events, at most `AT_ONCE`."""
    column = _column()
    found = Q(**{f"{column}__gt": place})
    rows = _read(found | Q(place=None) if column == "place" else found, AT_ONCE)
    if any(row[0] is None for row in rows):
        _give_places()
        rows = _read(found, AT_ONCE)
    return [_heard(row) for row in rows]


def missed(
    topics: Iterable[str], *, last: int | None, since: datetime | None, now: datetime
) -> Missed:
    """What happened under `topics` after the place `last`, and since the time `since`."""
    upto, column, wanted = latest(), _column(), Q(pk=None)
    is_known = since is None or since > now - KEPT
    if since is not None:
        wanted |= Q(at__gte=since - MARGIN)
    if last is not None:
        oldest = Event.objects.aggregate(oldest=Min(column))["oldest"] or 1
        is_known = is_known and oldest - 1 <= last <= upto
        wanted |= Q(**{f"{column}__gt": last})
    rows = _read(wanted & Q(topic__in=list(topics)), BEHIND + 1) if is_known else []
    if not is_known or len(rows) > BEHIND:
        return Missed(upto, is_too_much=True)
    events = tuple(_heard(row) for row in rows)
    return Missed(max([upto, *(event.place for event in events)]), events)


def has_ended(person: UUID, session: UUID, since: datetime) -> bool:
    """True if this session, or all of the person's, ended after a ticket was written."""
    all_of_them = Q(topic=f"{ENDED}{person}", at__gte=since)
    this_one = Q(topic=f"{ENDED}{session}", at__gte=since - MARGIN)
    return Event.objects.filter(all_of_them | this_one).exists()


def sweep(now: datetime) -> int:
    """Deletes what is older than an hour, but the newest: places go on from there; counts rows."""
    newest = latest()
    old = Event.objects.filter(at__lt=now - KEPT).exclude(**{_column(): newest})
    return old.delete()[0]


def _column() -> str:
    return "place" if connection.vendor == "postgresql" else "seq"


def _read(wanted: Q, limit: int) -> list[tuple[Any, ...]]:
    rows = Event.objects.filter(wanted).order_by(_column())
    return list(rows.values_list(_column(), "topic", "name", "data")[:limit])


def _heard(row: tuple[int, str, str, str]) -> Heard:
    place, topic, name, data = row
    text = f'id: {place}\ndata: {{"topic":"{topic}","name":"{name}","data":{data}}}\n\n'
    return Heard(place, topic, text.encode())


def _give_places() -> None:
    """Gives each event without a place the next one; whoever comes second waits for the first."""
    if _column() == "seq":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1s'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_GIVE_PLACES)
