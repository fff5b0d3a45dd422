"""What a person has begun, and what is coming: the same things that their calendar feed holds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
)

from sapwood.activities.models import Activity, Participation, Session
from sapwood.activities.models.activity import State, in_calendar_of
from sapwood.core.prepared import Prepared
from sapwood.people.models import Person

MOST = 500


@dataclass(frozen=True)
class Coming:
    """One meeting, or one thing with dates: `starts` is a day where no clock matters."""

    thing: Activity
    starts: date | datetime
    at: datetime
    place: str = ""

    @property
    def has_hour(self) -> bool:
        """False for whole days."""
        return isinstance(self.starts, datetime)


def _things(person: UUID, now: datetime) -> Any:
    """One row for each meeting still to come, and one for each thing that has none."""
    joined = Participation.objects.filter(person=person, state=Participation.State.JOINED)
    led = Session.objects.filter(facilitator=person, ends_at__gte=now)
    theirs = in_calendar_of(person)
    # A union and no `published()`: with OR, or an index on the state, SQLite reads all there is.
    among = Participation.objects.filter(person=person).in_calendar().values("activity")
    owned = Activity.objects.filter(owner=person)
    among = among.order_by().union(owned.order_by().values("pk"), led.order_by().values("activity"))
    return (
        Activity.objects.filter(pk__in=among)
        .exclude(state__in=(State.DRAFT, State.ARCHIVED))
        .alias(next=FilteredRelation("sessions", condition=Q(sessions__ends_at__gte=now)))
        .filter(Q(pk__in=joined.values("activity")) | Q(next__isnull=False) | Q(starts_at__gte=now))
        .annotate(
            meets_at=F("next__starts_at"),
            meets_in=F("next__place"),
            led_by=F("next__facilitator"),
            is_theirs=ExpressionWrapper(theirs, output_field=BooleanField()),
            meets=Exists(Session.objects.filter(activity=OuterRef("pk"))),
            joined_at=Subquery(joined.filter(activity=OuterRef("pk")).values("joined_at")[:1]),
        )
        .for_cards()
        .order_by(F("joined_at").desc(nulls_last=True), "next__starts_at")[:MOST]
    )


_rows = Prepared(_things)


def agenda(person: Person, now: datetime) -> tuple[list[Activity], list[Coming]]:
    """Begun and not finished, latest first; and what is coming, soonest first. One query."""
    begun: dict[UUID, Activity] = {}
    coming = []
    for row in _rows(person=person.pk, now=now):
        is_ahead = row.starts_at is not None and row.starts_at >= now
        if row.joined_at and not is_ahead:
            begun.setdefault(row.pk, row)
        if row.meets_at and (row.is_theirs or row.led_by == person.pk):
            coming.append(Coming(row, row.meets_at, row.meets_at, row.meets_in))
        elif row.is_theirs and is_ahead and not row.meets:
            coming.append(Coming(row, row.starts, row.starts_at, row.facts))
    return list(begun.values()), sorted(coming, key=lambda each: each.at)
