"""A concrete thing is offered with its own day, wherever one reads of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sapwood.activities.models import Activity
from sapwood.activities.times import add_sessions, day_begins, day_ends
from sapwood.home.guidance.things import as_choice, things_for
from sapwood.ledger.ways import WAYS
from sapwood.people.models import Person

WAY = "stretch_assignment"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def choice(person: Person):
    return as_choice(WAYS[WAY], things_for(person, [WAY], NOW)[WAY])


@pytest.fixture
def offer(cast) -> Activity:
    activity = Activity.objects.create(kind="stretch", title="Two weeks", way=WAY, owner=cast.bruno)
    activity.publish(by=cast.bruno)
    return activity


def test_whole_days_have_no_hour(cast, offer: Activity) -> None:
    zone, first = "Europe/Dublin", date(2026, 1, 11)
    Activity.objects.update(
        time_zone=zone, starts_at=day_begins(first, zone), ends_at=day_ends(first, zone)
    )
    found = choice(cast.ana)
    assert (found.begins, found.has_hour) == (first, False)


def test_a_session_has_its_hour(cast, offer: Activity) -> None:
    assert choice(cast.ana).begins is None
    add_sessions(offer, first=NOW + timedelta(hours=10), minutes=30)
    found = choice(cast.ana)
    assert (found.begins, found.has_hour) == (NOW + timedelta(hours=10), True)
