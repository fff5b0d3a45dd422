"""When a group meets: its rituals, and what is dated in its library; and what was kept of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from sapwood.activities.library import shelf
from sapwood.activities.models import Session
from sapwood.people.models import Person
from sapwood.spaces.meeting import Occurrence, days, occurrences, on_day
from sapwood.spaces.models import Note, Ritual, Space

MOST = 20
OF_EACH = 3
MOST_RITUALS = 200
MOST_RECAPS = 8
LATELY = timedelta(days=35)


@dataclass(frozen=True)
class Gathering:
    """One time that people meet; `starts` is a day where no clock matters, and `file` is the
    calendar file of a ritual. Times carry the zone of the place, so `at` puts them in order."""

    name: str
    starts: date | datetime
    at: datetime
    url: str = ""
    about: str = ""
    place: str = ""
    link: str = ""
    file: str = ""
    ends: datetime | None = None
    language: str = ""

    @property
    def has_hour(self) -> bool:
        """False for whole days."""
        return isinstance(self.starts, datetime)

    @property
    def zone(self) -> str:
        """The zone of its clock; nothing for whole days."""
        return str(self.at.tzinfo) if self.has_hour else ""

    @property
    def town(self) -> str:
        """The zone as people say it."""
        return self.zone.rpartition("/")[2].replace("_", " ")


@dataclass(frozen=True)
class Missing:
    """A ritual that was held lately and of which nobody kept anything."""

    ritual: Ritual
    on: date


def rituals(space: Space, today: date) -> list[Ritual]:
    """Those that go on; none where the group was put away."""
    if space.is_archived:
        return []
    return [each for each in space.rituals.all() if not each.ended_on or each.ended_on >= today]


def together(person: Person, now: datetime) -> list[Occurrence]:
    """The next time of each ritual of the groups that somebody belongs to, soonest first."""
    mine = Space.objects.joined_by(person).standing()
    held = Ritual.objects.filter(space__in=mine.values("pk")).select_related("space")
    found = [each for one in held[:MOST_RITUALS] for each in islice(occurrences(one, now), 1)]
    return sorted(found, key=lambda each: each.starts)


def coming(space: Space, held: list[Ritual], person: Person, now: datetime) -> list[Gathering]:
    """What is next, soonest first; two questions."""
    found = [_of_ritual(each) for one in held for each in islice(occurrences(one, now), OF_EACH)]
    found += [_of_session(each) for each in sessions(space, person, now)[:MOST]]
    found += [_of_dates(thing) for thing in shelf(space, person).dated(now)[:MOST]]
    return sorted(found, key=lambda each: each.at)[:MOST]


def sessions(space: Space, person: Person, now: datetime) -> Any:
    """Those not over of what this person sees in the library."""
    seen = shelf(space, person).order_by().values("pk")
    return Session.objects.filter(activity__in=seen).upcoming(now).select_related("activity")


def _of_session(session: Session) -> Gathering:
    thing = session.activity
    url = reverse("activity_show", args=[thing.pk])
    starts = session.local_start
    return Gathering(
        thing.title, starts, starts, url, thing.summary, session.place,
        ends=session.local_end, language=thing.language,
    )  # fmt: skip


def _of_dates(thing: Any) -> Gathering:
    at = thing.starts_at.astimezone(ZoneInfo(thing.time_zone))
    starts = thing.starts if thing.is_whole_days else at
    url = reverse("activity_show", args=[thing.pk])
    return Gathering(thing.title, starts, at, url, thing.summary, language=thing.language)


def _of_ritual(held: Occurrence) -> Gathering:
    ritual = held.ritual
    return Gathering(
        ritual.name, held.starts, held.starts, "", ritual.about, ritual.place, ritual.link,
        reverse("group_ritual_file", args=[ritual.space_id, ritual.pk]), held.ends,
    )  # fmt: skip


def recaps(space: Space) -> list[Note]:
    """What was kept of gatherings, the latest first; for whoever reads the group."""
    found = Note.objects.standing().filter(space=space, held_on__isnull=False)
    return list(found.defer("html", "folded").order_by("-held_on", "-pk")[:MOST_RECAPS])


def missing(held: list[Ritual], kept: list[Note], now: datetime) -> list[Missing]:
    """The last time that each ritual was held lately, where nobody wrote a recap yet."""
    written = {(note.ritual_id, note.held_on) for note in kept}
    found = []
    for ritual in held:
        today = now.astimezone(ZoneInfo(ritual.time_zone)).date()
        lately = takewhile(today.__ge__, days(ritual, today - LATELY))
        over = [day for day in lately if on_day(ritual, day).ends <= now]
        if over and (ritual.pk, over[-1]) not in written:
            found.append(Missing(ritual, over[-1]))
    return found
