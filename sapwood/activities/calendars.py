"""A person's sessions as iCalendar: each with its time zone written out."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDatetime, vUri

from sapwood.activities.models import Session
from sapwood.people.models import Organisation, Person

PAST = timedelta(days=90)
MOST = 500


def feed(person: Person, now: datetime) -> bytes:
    """The sessions of what the person joined or runs, from three months ago on."""
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
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def event(session: Session, now: datetime) -> Event:
    """One session; times carry the TZID of the activity's own zone."""
    entry = Event()
    entry.add("uid", f"{session.pk}@sapwood")
    entry.add("dtstamp", vDatetime(now.astimezone(tz=None)).dt)
    entry.add("dtstart", session.local_start)
    entry.add("dtend", session.local_end)
    entry.add("summary", session.activity.title)
    page = settings.BASE_URL + reverse("activity_show", args=[session.activity_id])
    entry.add("url", vUri(page))
    lines = [session.activity.summary, session.link, page]
    entry.add("description", "\n".join(line for line in lines if line))
    if session.place or session.link:
        entry.add("location", session.place or session.link)
    return entry
