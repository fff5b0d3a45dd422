"""When a group meets: rituals, sessions and dates in one list; recaps; the file for calendars."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from sapwood.activities.gatherings import coming, missing, recaps, rituals
from sapwood.activities.models import Session
from sapwood.spaces.models import Note, Ritual

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 14, 12, tzinfo=UTC)  # a Wednesday; the clocks go back on the 25th


@pytest.fixture
def hour():
    """A function that gives a group an open hour on Thursdays at 17:30 in Lisbon."""

    def make(space, **more):
        values = {"starts_on": datetime(2026, 9, 3).date(), "at": time(17, 30), "minutes": 45}
        values |= {"time_zone": "Europe/Lisbon", "name": "Open hour"}
        return Ritual.objects.create(space=space, **{**values, **more})

    return make


def meet(activity, starts, **more):
    return Session.objects.create(
        activity=activity, starts_at=starts, ends_at=starts + timedelta(hours=1), **more
    )


def names(space, person):
    return [each.name for each in coming(space, rituals(space, NOW.date()), person, NOW)]


def test_all_of_it_soonest_first(cast, group, thing, hour):
    space = group("open")
    hour(space)
    meet(thing(title="Fishbowl", space=space), NOW + timedelta(days=2))
    meet(thing(title="Network only", space=space, audience="unit", unit=cast.network), NOW)
    meet(thing(title="Elsewhere"), NOW + timedelta(days=2))
    meet(thing(title="Over", space=space), NOW - timedelta(days=2))
    thing(title="Challenge", space=space, starts_at=NOW + timedelta(days=9))
    listed = ["Network only", "Open hour", "Fishbowl", "Open hour", "Challenge", "Open hour"]
    assert names(space, cast.ana) == listed
    assert names(space, cast.dinis) == listed[1:]


def test_what_has_ended_or_was_put_away_is_not_coming(cast, group, hour):
    space = group()
    hour(space, ended_on=NOW.date() - timedelta(days=1))
    assert names(space, cast.ana) == []
    hour(space)
    space.archived_at = NOW
    assert names(space, cast.ana) == []


def test_recaps_and_what_still_lacks_one(cast, group, hour):
    space = group()
    held = hour(space)
    assert [(row.ritual, str(row.on)) for row in missing([held], [], NOW)] == [(held, "2026-10-08")]
    note = Note.objects.create(
        space=space, title="What we heard", ritual=held, held_on=datetime(2026, 10, 8).date()
    )
    Note.objects.create(space=space, title="Away", held_on=NOW.date(), archived_at=NOW)
    Note.objects.create(space=space, title="A list")
    assert recaps(space) == [note]
    assert missing([held], [note], NOW) == []


def test_the_page(cast, group, thing, hour, client_of):
    space = group("closed")
    where = reverse("group_gatherings", args=[space.pk])
    assert "No date stands yet" in client_of(cast.ana).get(where).content.decode()
    today = timezone.now().date()
    hour(space, starts_on=today - timedelta(days=7), about="Bring one sound.")
    meet(thing(title="Fishbowl", space=space), timezone.now() + timedelta(days=2), place="Depot")
    page = client_of(cast.bruno).get(where).content.decode()
    for words in ("Open hour", "Bring one sound.", "Fishbowl", "Depot", "Write what came out of"):
        assert words in page, words
    for person in (cast.dinis, cast.clara):
        assert client_of(person).get(where).status_code == 404


def test_the_file_holds_all_of_it(cast, group, thing, hour, client_of):
    space = group("open")
    hour(space, starts_on=timezone.now().date() - timedelta(days=7))
    meet(thing(title="Fishbowl", space=space), timezone.now() + timedelta(days=2))
    meet(
        thing(title="Network only", space=space, audience="unit", unit=cast.network),
        timezone.now() + timedelta(days=2),
    )
    where = reverse("group_gatherings_file", args=[space.pk])
    for person, more in ((cast.bruno, {"Network only"}), (cast.dinis, set())):
        answer = client_of(person).get(where)
        assert answer.headers["Content-Type"].startswith("text/calendar")
        entries = Calendar.from_ical(answer.content).walk("VEVENT")
        told = {str(entry["SUMMARY"]) for entry in entries}
        assert told == {"Open hour · Leak Detectives", "Fishbowl"} | more
