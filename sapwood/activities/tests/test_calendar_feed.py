"""The calendar feed: private, and right on every clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from sapwood.activities.calendars import feed
from sapwood.activities.models import Activity, CalendarFeed, Session
from sapwood.activities.times import add_sessions, at, weekly
from sapwood.people.models import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
# Zone, first day, what UTC says of 17:30 in that week and some weeks later (the clocks change
# between them, except in Kathmandu and, since 2021, in Apia).
TABLE = [
    ("Europe/Lisbon", date(2026, 3, 23), [(17, 30), (16, 30), (16, 30)]),
    ("Europe/Lisbon", date(2026, 10, 19), [(16, 30), (17, 30), (17, 30)]),
    ("America/New_York", date(2026, 3, 2), [(22, 30), (21, 30), (21, 30)]),
    ("America/New_York", date(2026, 10, 26), [(21, 30), (22, 30), (22, 30)]),
    ("Pacific/Apia", date(2021, 3, 29), [(3, 30), (4, 30), (4, 30)]),
    ("Pacific/Apia", date(2026, 3, 30), [(4, 30), (4, 30), (4, 30)]),
    ("Asia/Kathmandu", date(2026, 3, 23), [(11, 45), (11, 45), (11, 45)]),
]


def joined(person: Person, zone: str = "Europe/Lisbon") -> Activity:
    owner = Person.objects.create_user(f"o{Person.objects.count()}@ardal.example", name="Olga")
    activity = Activity.objects.create(
        kind="stretch", title="Night circle", way="stretch_assignment", owner=owner, time_zone=zone
    )
    activity.publish(by=owner)
    activity.join(person)
    return activity


@pytest.mark.parametrize(("zone", "first", "expected"), TABLE)
def test_half_past_five_stays_half_past_five(zone: str, first: date, expected: list) -> None:
    starts = weekly(at(first, time(17, 30), zone), 3)
    assert {start.astimezone(ZoneInfo(zone)).time() for start in starts} == {time(17, 30)}
    in_utc = [start.astimezone(UTC) for start in starts]
    assert [(start.hour, start.minute) for start in in_utc] == expected


@pytest.mark.parametrize(("zone", "first", "expected"), TABLE)
def test_the_feed_says_the_same_with_its_zone_written_out(
    cast: SimpleNamespace, zone: str, first: date, expected: list
) -> None:
    activity = joined(cast.ana, zone)
    add_sessions(activity, first=at(first, time(17, 30), zone), minutes=60, times=3)
    read = Calendar.from_ical(feed(cast.ana, datetime(2021, 1, 1, tzinfo=UTC)))
    events = read.walk("VEVENT")
    assert len(events) == 3
    for event, (hour, minute) in zip(events, expected, strict=True):
        assert event["DTSTART"].params["TZID"] == zone
        assert event["DTSTART"].dt.time() == time(17, 30)
        in_utc = event["DTSTART"].dt.astimezone(UTC)
        assert (in_utc.hour, in_utc.minute) == (hour, minute)
    assert [str(part["TZID"]) for part in read.walk("VTIMEZONE")] == [zone]


def test_an_hour_is_an_hour_on_the_night_the_clock_turns(cast: SimpleNamespace) -> None:
    activity = joined(cast.ana)
    add_sessions(activity, first=at(date(2026, 10, 25), time(0, 30), "Europe/Lisbon"), minutes=120)
    session = Session.objects.get()
    assert (session.ends_at - session.starts_at).total_seconds() == 2 * 3600


def test_it_holds_what_the_person_joined_and_nothing_else(cast: SimpleNamespace) -> None:
    activity = joined(cast.ana)
    add_sessions(activity, first=at(date(2026, 3, 3), time(10), "Europe/Lisbon"), minutes=30)
    assert len(Calendar.from_ical(feed(cast.ana, NOW)).walk("VEVENT")) == 1
    assert len(Calendar.from_ical(feed(activity.owner, NOW)).walk("VEVENT")) == 1
    assert not Calendar.from_ical(feed(cast.dinis, NOW)).walk("VEVENT")
    activity.leave(cast.ana)
    assert not Calendar.from_ical(feed(cast.ana, NOW)).walk("VEVENT")


def test_the_address_works_without_signing_in_until_it_is_renewed(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    ana, guest = client_of(cast.ana), client_of(None)
    assert ana.get(reverse("calendar")).status_code == 200
    assert not CalendarFeed.objects.exists()
    ana.post(reverse("calendar"))
    token = CalendarFeed.objects.get().token
    address = reverse("calendar_feed", args=[token])
    assert address in ana.get(reverse("calendar")).content.decode()
    answer = guest.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "private" in answer["Cache-Control"]
    for wrong in (token[:-1] + ("0" if token[-1] != "0" else "1"), token[:16], "x"):
        assert guest.get(reverse("calendar_feed", args=[wrong])).status_code == 404
    ana.post(reverse("calendar"))
    assert guest.get(address).status_code == 404


def test_someone_who_left_the_organisation_has_no_feed(cast: SimpleNamespace) -> None:
    token = CalendarFeed.objects.create(person=cast.ana).token
    cast.ana.is_active = False
    cast.ana.save()
    assert CalendarFeed.by_token(token) is None


def test_a_feed_of_many_sessions_asks_little(cast, django_assert_max_num_queries) -> None:
    activity = joined(cast.ana)
    add_sessions(activity, first=timezone.now(), minutes=30, times=40)
    with django_assert_max_num_queries(4):
        feed(cast.ana, timezone.now())
