"""Rituals as iCalendar: one event with its rule, its zone written out beside it."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from icalendar import Calendar, Event, vUri

from sapwood.people.models import Person
from sapwood.spaces.meeting import WEEKS, days, nth_of, on_day
from sapwood.spaces.models import Rhythm, Ritual, Space

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 200


def rituals_of(person: Person) -> list[Ritual]:
    """Those of the groups that this person belongs to; for their own calendar."""
    mine = Space.objects.joined_by(person).standing()
    found = Ritual.objects.filter(space__in=mine.values("pk"))
    return list(found.select_related("space")[:MOST])


def series(ritual: Ritual, now: datetime) -> Event | None:
    """The whole ritual as one event; None if no day of it is left."""
    first = next(days(ritual, ritual.starts_on), None)
    if first is None:
        return None
    held = on_day(ritual, first)
    entry = Event()
    entry.add("uid", f"{ritual.pk}@sapwood")
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("summary", f"{ritual.name} · {ritual.space.name}")
    entry.add("dtstart", held.starts)
    entry.add("dtend", held.ends)
    entry.add("rrule", _rule(ritual))
    for day in sorted(ritual.left_out):
        entry.add("exdate", on_day(ritual, datetime.fromisoformat(day).date()).starts)
    if ritual.place or ritual.link:
        entry.add("location", ritual.place or ritual.link)
    page = settings.BASE_URL + ritual.space.get_absolute_url()
    entry.add("url", vUri(page))
    lines = [ritual.about, ritual.link, page]
    entry.add("description", "\n".join(line for line in lines if line))
    return entry


def _rule(ritual: Ritual) -> dict[str, Any]:
    step = WEEKS.get(Rhythm(ritual.rhythm))
    if step:
        rule: dict[str, Any] = {"freq": "weekly", "interval": step}
    else:
        day = CODES[ritual.starts_on.weekday()]
        rule = {"freq": "monthly", "byday": f"{nth_of(ritual.starts_on)}{day}"}
    if ritual.ended_on:
        rule["until"] = on_day(ritual, ritual.ended_on).starts.astimezone(UTC)
    return rule


def download(ritual: Ritual, now: datetime) -> bytes:
    """The file that a calendar app takes in."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sapwood//Sapwood//EN")
    calendar.add("version", "2.0")
    if entry := series(ritual, now):
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
