"""Rituals keep the hour of the wall clock, the weekday of the month, and end when they end."""

from datetime import UTC, date, datetime, time
from itertools import islice
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from sapwood.spaces.calendars import download
from sapwood.spaces.meeting import days, next_together, occurrences, takes_place_on
from sapwood.spaces.models import Ritual


def ritual(**more):
    values = {"starts_on": date(2026, 10, 13), "at": time(17, 30), "time_zone": "Europe/Lisbon"}
    return Ritual(**{"name": "Open hour", **values, **more})


def some(which, since, n=4):
    return [day.isoformat() for day in islice(days(which, since), n)]


def test_weekly_keeps_its_hour_when_the_clocks_change():
    held = list(islice(occurrences(ritual(), datetime(2026, 10, 13, tzinfo=UTC)), 3))
    assert [each.starts.strftime("%d %H:%M %z") for each in held] == [
        "13 17:30 +0100", "20 17:30 +0100", "27 17:30 +0000",
    ]  # fmt: skip
    assert all((each.ends - each.starts).total_seconds() == 45 * 60 for each in held)


def test_an_hour_that_the_clocks_skip_is_held_after_it():
    spring = ritual(starts_on=date(2027, 3, 28), at=time(1, 30), minutes=60)
    held = next(occurrences(spring, datetime(2027, 3, 27, tzinfo=UTC)))
    assert held.starts.strftime("%H:%M %z") == "02:30 +0100"
    assert (held.ends.astimezone(UTC) - held.starts.astimezone(UTC)).total_seconds() == 3600


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        ("weekly", ["2026-10-20", "2026-10-27"]),
        ("fortnightly", ["2026-10-27", "2026-11-10"]),
        ("four_weekly", ["2026-11-10", "2026-12-08"]),
        ("monthly", ["2026-11-10", "2026-12-08"]),
    ],
)
def test_each_rhythm_from_a_later_day(rhythm, expected):
    assert some(ritual(rhythm=rhythm), date(2026, 10, 14), 2) == expected


def test_a_fifth_weekday_means_the_last():
    last = ritual(starts_on=date(2026, 10, 29), rhythm="monthly")
    assert some(last, date(2026, 10, 1)) == ["2026-10-29", "2026-11-26", "2026-12-31", "2027-01-28"]


def test_it_ends_and_leaves_days_out():
    short = ritual(ended_on=date(2026, 11, 3), left_out=["2026-10-20"])
    assert some(short, date(2026, 10, 1), 9) == ["2026-10-13", "2026-10-27", "2026-11-03"]
    assert takes_place_on(short, date(2026, 10, 27))
    assert not takes_place_on(short, date(2026, 10, 20))
    assert not takes_place_on(short, date(2026, 11, 10))


def test_the_next_is_the_soonest_and_goes_on_until_its_end():
    now = datetime(2026, 10, 13, 16, 45, tzinfo=UTC)  # 17:45 in Lisbon: it has begun
    one, other = ritual(), ritual(at=time(9, 0), name="Breakfast")
    assert next_together([other, one], now).ritual is one
    assert next_together([], now) is None
    later = datetime(2026, 10, 13, 17, 20, tzinfo=UTC)
    assert next_together([other, one], later).starts.date() == date(2026, 10, 20)


@pytest.mark.parametrize(
    ("rhythm", "start", "rule"),
    [
        ("fortnightly", date(2026, 10, 13), "FREQ=WEEKLY;INTERVAL=2"),
        ("monthly", date(2026, 10, 13), "FREQ=MONTHLY;BYDAY=2TU"),
        ("monthly", date(2026, 10, 29), "FREQ=MONTHLY;BYDAY=-1TH"),
    ],
)
def test_the_calendar_file_carries_rule_and_zone(rhythm, start, rule, make_space, now):
    made = ritual(space=make_space(), rhythm=rhythm, starts_on=start)
    text = download(made, now).decode()
    assert rule in text
    assert "DTSTART;TZID=Europe/Lisbon:" in text
    assert "BEGIN:VTIMEZONE" in text
    event = SimpleNamespace(**{
        str(k).lower(): v for k, v in Calendar.from_ical(text).walk("VEVENT")[0].items()
    })  # fmt: skip
    assert (
        event.dtstart.dt.utcoffset()
        == event.dtstart.dt.replace(tzinfo=ZoneInfo("Europe/Lisbon")).utcoffset()
    )


def test_the_file_leaves_days_out_and_ends(make_space, now):
    made = ritual(space=make_space(), ended_on=date(2026, 11, 3), left_out=["2026-10-20"])
    text = download(made, now).decode()
    assert "EXDATE;TZID=Europe/Lisbon:20261020T173000" in text
    assert "UNTIL=20261103T173000Z" in text
