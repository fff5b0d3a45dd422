"""Rituals of one's groups in one's own calendar: right over the change of clocks, days left out."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.urls import reverse
from icalendar import Calendar

from sapwood.activities.calendars import feed
from sapwood.conversations.models import Membership
from sapwood.spaces.meeting import occurrences
from sapwood.spaces.models import Ritual

pytestmark = pytest.mark.django_db
LISBON = ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 10, 1, tzinfo=UTC)


def ritual(space, **more):
    values = {"starts_on": date(2026, 10, 1), "at": time(17, 30), "time_zone": "Europe/Lisbon"}
    return Ritual.objects.create(space=space, **{"name": "Open hour", **values, **more})


def entries(person):
    calendar = Calendar.from_ical(feed(person, NOW))
    return {str(entry["SUMMARY"]): entry for entry in calendar.walk("VEVENT")}, calendar


def test_only_of_groups_one_belongs_to_while_they_stand(cast, group):
    mine, other = group("open"), group("open", "Night crew")
    ritual(mine), ritual(other)
    Membership.objects.filter(audience=other.audience, person=cast.bruno).delete()
    assert set(entries(cast.bruno)[0]) == {"Open hour · Leak Detectives"}
    assert set(entries(cast.dinis)[0]) == set()
    mine.archived_at = NOW
    mine.save()
    assert set(entries(cast.bruno)[0]) == set()


@pytest.mark.parametrize("rhythm", ["weekly", "fortnightly", "four_weekly", "monthly"])
@pytest.mark.parametrize("ended_on", [None, date(2027, 5, 1)])
def test_the_rule_gives_the_same_hours_as_the_group_sees(cast, group, rhythm, ended_on):
    one = ritual(group(), rhythm=rhythm, ended_on=ended_on, left_out=["2026-10-29"])
    found, calendar = entries(cast.ana)
    entry = found["Open hour · Leak Detectives"]
    assert entry["DTSTART"].params["TZID"] == "Europe/Lisbon"
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Lisbon"
    start = entry.decoded("DTSTART").replace(tzinfo=None)
    rule = ";".join(
        part
        for part in entry["RRULE"].to_ical().decode().split(";")
        if not part.startswith("UNTIL=")
    )
    if ended_on:  # in UTC, as the standard says; on the wall it is the end of that day
        assert b"UNTIL=20270501T163000Z" in entry["RRULE"].to_ical()
        rule += ";UNTIL=20270501T235959"
    walls = islice(rrulestr(f"RRULE:{rule}", dtstart=start), 20)
    left = (
        {each.dt.replace(tzinfo=None) for each in entry["EXDATE"].dts}
        if "EXDATE" in entry
        else set()
    )
    told = [each.replace(tzinfo=LISBON) for each in walls if each not in left]
    held = [each.starts for each in islice(occurrences(one, NOW), len(told))]
    assert told == held
    assert {each.utcoffset() for each in told} == {timedelta(0), timedelta(hours=1)}


def test_a_day_left_out_is_an_exception_on_the_wall_clock(cast, group):
    ritual(group(), left_out=["2026-10-29", "2026-10-22"])
    entry = entries(cast.ana)[0]["Open hour · Leak Detectives"]
    lines = entry.to_ical().decode().replace("\r\n ", "").splitlines()
    left = [line for line in lines if line.startswith("EXDATE")]
    assert left == [
        "EXDATE;TZID=Europe/Lisbon:20261022T173000", "EXDATE;TZID=Europe/Lisbon:20261029T173000",
    ]  # fmt: skip


def test_the_page_names_them(cast, group, client_of):
    space = group()
    ritual(space)
    page = client_of(cast.bruno).get(reverse("calendar")).content.decode()
    assert "From your groups" in page
    assert reverse("group_gatherings", args=[space.pk]) in page
    assert "From your groups" not in client_of(cast.dinis).get(reverse("calendar")).content.decode()
