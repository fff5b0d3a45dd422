"""Concrete things behind a way: what this person could join now, read anew each time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from sapwood.activities.models import Activity, Session
from sapwood.activities.models.activity import above_as_slots, seen_by
from sapwood.core.prepared import Prepared
from sapwood.home.guidance.facts import JOURNAL
from sapwood.ledger.ways import Way
from sapwood.people.models import Person, Role


@dataclass(frozen=True)
class Choice:
    """One thing to do: a real activity where there is one, else the way itself."""

    way: Way
    title: str
    url: str
    minutes: int
    with_whom: str
    begins: date | datetime | None = None
    has_hour: bool = False


class Thing(NamedTuple):
    """What is said of an activity that could be joined."""

    way: str
    pk: UUID
    title: str
    minutes: int | None
    owner: str | None
    begins_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str

    @property
    def begins(self) -> date | datetime | None:
        """Its own first day or moment, else that of its next session."""
        own = Activity(starts_at=self.starts_at, ends_at=self.ends_at, time_zone=self.time_zone)
        return own.starts or self.begins_at

    def starts_within(self, span: timedelta, now: datetime) -> bool:
        """True if it begins no later than `span` from now."""
        return self.begins_at is not None and self.begins_at - now <= span


def _one_for_each_way(
    steward: bool, levels: int, _many: int, *, person: UUID, now: datetime, **more: Any
) -> Any:
    units = [more[f"unit{level}"] for level in range(levels)]
    ways = [way for name, way in more.items() if name.startswith("way")]
    meets = Session.objects.filter(activity=OuterRef("pk"), starts_at__gt=now).order_by("starts_at")
    begins = Coalesce("starts_at", Subquery(meets.values("starts_at")[:1]))
    first = Window(
        RowNumber(),
        partition_by="way",
        order_by=[F("begins_at").asc(nulls_last=True), F("published_at").desc(), F("pk").desc()],
    )
    return (
        Activity.objects.filter(seen_by(person, units, steward=steward), way__in=ways)
        .published()
        .filter(Q(starts_at=None) | Q(starts_at__gt=now))
        .exclude(participations__person=person)
        .exclude(owner=person)
        .annotate(begins_at=begins)
        .annotate(place_in_way=first)
        .filter(place_in_way=1)
        .order_by()
        .values_list(
            "way", "pk", "title", "minutes", "owner__name", "begins_at", "starts_at", "ends_at",
            "time_zone",
        )
    )  # fmt: skip


_things = Prepared(_one_for_each_way)


def things_for(person: Person, ways: list[str], now: datetime) -> dict[str, Thing]:
    """For each way the soonest thing the person can still join, else the newest: one query."""
    units = above_as_slots(person)
    rows = _things(
        person.has_role(Role.STEWARD), len(units), len(ways),
        person=person.pk, now=now, **units, **{f"way{n}": way for n, way in enumerate(ways)},
    )  # fmt: skip
    return {row[0]: Thing(*row) for row in rows}


def as_choice(way: Way, thing: Thing | None) -> Choice:
    """A choice for the page."""
    if thing:
        return Choice(
            way=way,
            title=thing.title,
            url=reverse("activity_show", args=[thing.pk]),
            minutes=thing.minutes or way.default_minutes,
            with_whom=_("from %(name)s") % {"name": thing.owner} if thing.owner else "",
            begins=thing.begins,
            has_hour=isinstance(thing.begins, datetime),
        )
    to_journal = way.id == JOURNAL
    return Choice(
        way=way,
        title=way.name,
        url=reverse("journal") if to_journal else f"{reverse('moment_new')}?way={way.id}",
        minutes=way.default_minutes,
        with_whom=_("with other people") if way.ring == 2 else "",
    )
