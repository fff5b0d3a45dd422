"""Whole days are days of the activity's own place, wherever one reads of them."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from sapwood.activities.models import Activity
from sapwood.activities.times import day_begins, day_ends
from sapwood.people.models import Person

pytestmark = pytest.mark.django_db
YEAR = datetime.now(tz=UTC).year + 1


def offered(cast: SimpleNamespace, zone: str, first: date, last: date) -> Activity:
    activity = Activity.objects.create(
        kind="stretch", title="Two weeks", way="stretch_assignment", owner=cast.bruno,
        time_zone=zone, starts_at=day_begins(first, zone), ends_at=day_ends(last, zone),
    )  # fmt: skip
    activity.publish(by=cast.bruno)
    activity.join(cast.ana)
    activity.refresh_from_db()
    return activity


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("Europe/Dublin", date(2026, 1, 11), date(2026, 1, 20)),
        ("Europe/Lisbon", date(2026, 3, 29), date(2026, 10, 25)),  # both nights the clock turns
        ("Pacific/Apia", date(2026, 7, 1), date(2026, 7, 1)),
        ("Africa/Cairo", date(2026, 4, 24), date(2026, 4, 24)),  # has no midnight
        ("America/Havana", date(2026, 11, 1), date(2026, 11, 1)),  # has two
        ("Atlantic/Azores", date(2026, 10, 25), date(2026, 10, 25)),
    ],
)
def test_days_stay_the_days_that_were_given(cast, zone: str, first: date, last: date) -> None:
    activity = offered(cast, zone, first, last)
    assert activity.is_whole_days
    assert (activity.starts, activity.ends) == (first, last)


def test_where_a_clock_matters_it_is_a_moment(cast) -> None:
    nine = datetime(2026, 7, 1, 9, tzinfo=UTC)
    activity = Activity(time_zone="Europe/Lisbon", starts_at=nine, ends_at=nine)
    assert (activity.starts, activity.ends) == (nine, nine)
    assert (Activity().starts, Activity().ends) == (None, None)
    midnight = day_begins(date(2026, 7, 1), "Europe/Lisbon")
    half = Activity(time_zone="Europe/Lisbon", starts_at=midnight, ends_at=nine)
    assert not half.is_whole_days


@pytest.mark.parametrize("reader", ["Atlantic/Azores", "Pacific/Apia", "Europe/Lisbon"])
@pytest.mark.parametrize("month", [1, 7])
def test_page_and_today_name_them_alike_in_every_zone(
    cast, client_of, reader: str, month: int
) -> None:
    """From the first of a month in Dublin, to the eleventh: the tile's day and month agree."""
    first = offered(cast, "Europe/Dublin", date(YEAR, month, 1), date(YEAR, month, 11))
    offered(cast, "Europe/Dublin", date(YEAR, month, 1), date(YEAR, month, 11))  # the one in small
    Person.objects.update(time_zone=reader)
    ana = client_of(cast.ana)
    word = {1: "January", 7: "July"}[month]
    shown = " ".join(ana.get(reverse("activity_show", args=[first.pk])).content.decode().split())
    assert f">1 {word}</time>" in shown
    assert f">11 {word} {YEAR}</time>" in shown
    today = ana.get("/").content.decode()
    coming = " ".join(today[today.index('id="coming"') :].split())
    assert f"1 {word[:3]}" in coming
    assert f"<b>1</b>{word[:3]}</time>" in coming
    assert "00:00" not in coming
    assert "23:00" not in coming


def test_the_tile_takes_day_and_month_from_one_clock(cast, client_of) -> None:
    """Half past midnight on the first of July in Lisbon is June in UTC."""
    for _n in range(2):
        activity = offered(cast, "Europe/Lisbon", date(YEAR, 7, 1), date(YEAR, 7, 2))
        moment = datetime(YEAR, 6, 30, 23, 30, tzinfo=UTC)
        Activity.objects.filter(pk=activity.pk).update(starts_at=moment)
    today = client_of(cast.ana).get("/").content.decode()
    assert "<b>1</b>Jul</time>" in today
    assert "00:30" in today
