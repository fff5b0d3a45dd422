"""Calendars of people and of groups as iCalendar: sessions with their time zone written out, whole
days, and the rituals of groups with their rule."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vUri

from sapwood.activities.gatherings import rituals, sessions
from sapwood.activities.library import shelf
from sapwood.activities.models import Activity, Session
from sapwood.activities.models.activity import in_calendar_of
from sapwood.people.models import Organisation, Person
from sapwood.spaces.calendars import rituals_of, series
from sapwood.spaces.models import Ritual, Space

PAST = timedelta(days=90)
MOST = 500


def feed(person: Person, now: datetime) -> bytes:
    """What the person joined, runs or leads, from three months ago on: its sessions, or its own
    dates where it has no sessions; and the rituals of the groups they belong to."""
    calendar = _begun()
    calendar.add("method", "PUBLISH")
    name = _("Learning at %(name)s") % {"name": Organisation.current().name}
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    sessions = Session.objects.attended_by(person).filter(ends_at__gte=now - PAST)
    published = sessions.filter(activity__state="published").select_related("activity")
    for session in published.order_by("starts_at")[:MOST]:
        calendar.add_component(event(session, now))
    dated = Activity.objects.published().filter(in_calendar_of(person)).dated(now - PAST)
    for activity in dated[:MOST]:
        calendar.add_component(own_dates(activity, now))
    _add_rituals(calendar, rituals_of(person), now)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def of_group(space: Space, person: Person, now: datetime) -> bytes:
    """What is coming in a group, as far as this person sees it; to be taken along once."""
    calendar = _begun()
    calendar.add("x-wr-calname", space.name)
    for session in sessions(space, person, now)[:MOST]:
        calendar.add_component(event(session, now))
    for activity in shelf(space, person).dated(now)[:MOST]:
        calendar.add_component(own_dates(activity, now))
    _add_rituals(calendar, rituals(space, now.date()), now)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _begun() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Sapwood//Sapwood//EN")
    calendar.add("version", "2.0")
    return calendar


def _add_rituals(calendar: Calendar, rituals: list[Ritual], now: datetime) -> None:
    for ritual in rituals:
        if entry := series(ritual, now):
            calendar.add_component(entry)


def event(session: Session, now: datetime) -> Event:
    """One session; times carry the TZID of the activity's own zone."""
    entry = _about(session.activity, session.pk, now, session.link)
    entry.add("dtstart", session.local_start)
    entry.add("dtend", session.local_end)
    if session.place or session.link:
        entry.add("location", session.place or session.link)
    return entry


def own_dates(activity: Activity, now: datetime) -> Event:
    """An activity without sessions: its days, the end being the day after the last (RFC 5545)."""
    entry = _about(activity, activity.pk, now)
    first, last = activity.starts, activity.ends or activity.starts
    if first and last and activity.is_whole_days:
        entry.add("dtstart", first)
        entry.add("dtend", last + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")  # weeks of work leave room for other things
        return entry
    zone = ZoneInfo(activity.time_zone)
    for name, moment in (("dtstart", activity.starts_at), ("dtend", activity.ends_at)):
        if moment:
            entry.add(name, moment.astimezone(zone))
    return entry


def _about(activity: Activity, key: Any, now: datetime, link: str = "") -> Event:
    entry = Event()
    entry.add("uid", f"{key}@sapwood")
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("summary", activity.title)
    page = settings.BASE_URL + reverse("activity_show", args=[activity.pk])
    entry.add("url", vUri(page))
    lines = [activity.summary, link, page]
    entry.add("description", "\n".join(line for line in lines if line))
    return entry
