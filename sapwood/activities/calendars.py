"""A person's calendar as iCalendar: sessions with their time zone written out, and whole days."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vUri

from sapwood.activities.models import Activity, Session
from sapwood.activities.models.activity import in_calendar_of
from sapwood.people.models import Organisation, Person

PAST = timedelta(days=90)
MOST = 500


def feed(person: Person, now: datetime) -> bytes:
    """What the person joined, runs or leads, from three months ago on: its sessions, or its own
    dates where it has no sessions."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sapwood//Sapwood//EN")
    calendar.add("version", "2.0")
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
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


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
