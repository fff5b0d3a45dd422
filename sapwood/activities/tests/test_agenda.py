"""What is coming stands on Today as in the calendar feed: the same things, each once."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from sapwood.activities.agenda import agenda
from sapwood.activities.calendars import feed
from sapwood.activities.models import Activity, Participation, Session
from sapwood.activities.times import add_sessions, at, day_begins, day_ends
from sapwood.people.models import Person

pytestmark = pytest.mark.django_db
LISBON = "Europe/Lisbon"
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
FIRST, LAST = date(2026, 3, 10), date(2026, 3, 20)


def made(owner: Person, title: str = "Two weeks", *, dated: bool = True, **more) -> Activity:
    if dated:
        more |= {"starts_at": day_begins(FIRST, LISBON), "ends_at": day_ends(LAST, LISBON)}
    activity = Activity.objects.create(
        kind="stretch", title=title, way="stretch_assignment", owner=owner, **more
    )
    activity.publish(by=owner)
    return activity


def meet(activity: Activity, *days: int) -> None:
    for day in days:
        add_sessions(activity, first=at(date(2026, 3, day), time(10), LISBON), minutes=60)


def events(person: Person, now: datetime = NOW) -> list:
    return Calendar.from_ical(feed(person, now)).walk("VEVENT")


def still_to_come(person: Person) -> list[str]:
    """From the feed: what is not over, by its starts."""
    found = [entry["DTSTART"].dt for entry in events(person)]
    return sorted(f"{start:%m-%d}" for start in found if f"{start:%m-%d}" >= f"{NOW:%m-%d}")


def test_days_without_sessions_are_whole_days_in_the_feed(cast: SimpleNamespace) -> None:
    activity = made(cast.bruno)
    activity.join(cast.ana)
    (entry,) = events(cast.ana)
    assert entry["DTSTART"].params["VALUE"] == "DATE"
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (FIRST, LAST + timedelta(days=1))
    assert str(entry["UID"]) == f"{activity.pk}@sapwood"
    assert b"TZID" not in feed(cast.ana, NOW)


def test_with_sessions_the_sessions_stand_for_it(cast: SimpleNamespace) -> None:
    activity = made(cast.bruno)
    meet(activity, 11, 12)
    activity.join(cast.ana)
    starts = [entry["DTSTART"] for entry in events(cast.ana)]
    assert [start.dt.day for start in starts] == [11, 12]
    assert {start.params["TZID"] for start in starts} == {LISBON}
    read = Calendar.from_ical(feed(cast.ana, NOW))
    assert [str(zone["TZID"]) for zone in read.walk("VTIMEZONE")] == [LISBON]


def test_a_clock_without_sessions_keeps_its_clock(cast: SimpleNamespace) -> None:
    starts = at(FIRST, time(14), LISBON)
    made(cast.bruno, dated=False, starts_at=starts, ends_at=starts + timedelta(hours=2))
    (entry,) = events(cast.bruno)
    assert (entry["DTSTART"].dt.hour, entry["DTEND"].dt.hour) == (14, 16)
    assert entry["DTSTART"].params["TZID"] == LISBON


def test_what_one_organises_helps_with_or_leads_is_there_and_drafts_are_not(cast) -> None:
    own = made(cast.bruno, "Offered")
    helped = Participation.objects.create(activity=own, person=cast.clara, role="host")
    circle = made(cast.bruno, "Circle", dated=False)
    meet(circle, 12, 13)
    Session.objects.filter(starts_at__day=13).update(facilitator=cast.dinis)
    for person, expected in (
        (cast.bruno, ["03-10", "03-12", "03-13"]),
        (cast.clara, ["03-10"]),
        (cast.dinis, ["03-13"]),
        (cast.ana, []),
    ):
        assert still_to_come(person) == expected
        _begun, coming = agenda(person, NOW)
        assert [f"{each.starts:%m-%d}" for each in coming] == expected
    helped.state = "left"
    helped.save()
    own.archive()
    for person in (cast.bruno, cast.clara):
        assert not [row for row in agenda(person, NOW)[1] if row.thing == own]
        assert "Offered" not in feed(person, NOW).decode()


@pytest.mark.parametrize("state", ["invited", "left"])
def test_being_invited_puts_nothing_into_a_calendar(cast, state: str) -> None:
    activity = made(cast.bruno)
    meet(activity, 11)
    Participation.objects.create(activity=activity, person=cast.ana, state=state)
    assert not events(cast.ana)
    assert agenda(cast.ana, NOW) == ([], [])


def test_what_began_is_gone_on_with_while_its_meetings_come(cast: SimpleNamespace) -> None:
    activity = made(cast.bruno)
    meet(activity, 11, 12, 18)
    activity.join(cast.ana)
    begun, coming = agenda(cast.ana, datetime(2026, 3, 12, 10, 30, tzinfo=UTC))
    assert begun == [activity]
    assert [each.at.day for each in coming] == [12, 18]  # one is going on now


def test_all_of_it_is_one_question(cast, django_assert_num_queries) -> None:
    for n in range(3):
        activity = made(cast.bruno, f"Number {n}", dated=n > 0)
        meet(activity, *range(11, 11 + n))
        activity.join(cast.ana)
    agenda(cast.ana, NOW)
    with django_assert_num_queries(1):
        begun, coming = agenda(cast.ana, NOW)
    assert [each.title for each in begun] == ["Number 0"]
    assert len(coming) == len(events(cast.ana)) == 3


def test_todays_page_counts_what_the_feed_holds(
    cast, client_of, django_assert_max_num_queries
) -> None:
    tomorrow = at(cast.ana.today() + timedelta(days=1), time(10), LISBON)
    circle = made(cast.bruno, "Circle", dated=False)
    add_sessions(circle, first=tomorrow, minutes=60, times=6, place="Room 2")
    circle.join(cast.ana)
    ana = client_of(cast.ana)
    ana.get("/")
    with django_assert_max_num_queries(12):
        page = ana.get("/").content.decode()
    assert "6 things in your calendar" in page
    assert len(events(cast.ana, datetime.now(tz=ZoneInfo(LISBON)))) == 6
    coming = page[page.index('id="coming"') :]
    assert "Circle" in coming
    assert "10:00, Room 2" in coming
