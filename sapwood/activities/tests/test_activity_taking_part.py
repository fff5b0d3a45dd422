"""Joining, leaving and finishing: places are never sold twice, moments stay the person's own."""

import threading
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from sapwood.activities.agenda import agenda
from sapwood.activities.models import Activity, Participation
from sapwood.activities.models.taking_part import CannotJoin
from sapwood.core.retention import forget_expired
from sapwood.ledger.models import Moment
from sapwood.people.models import Person


def guide(owner: Person, **more: object) -> Activity:
    activity = Activity.objects.create(
        **{"kind": "resource", "title": "A guide", "way": "job_aid", "owner": owner, **more}
    )
    activity.publish(by=owner)
    return activity


def test_joining_twice_is_joining_once(cast: SimpleNamespace) -> None:
    activity = guide(cast.bruno)
    activity.join(cast.ana)
    activity.join(cast.ana)
    assert activity.participations.get().state == "joined"
    begun, _coming = agenda(cast.ana, cast.ana.now())
    assert begun == [activity]


def test_a_draft_cannot_be_joined(cast: SimpleNamespace) -> None:
    draft = Activity.objects.create(kind="resource", title="x", way="job_aid", owner=cast.bruno)
    with pytest.raises(CannotJoin):
        draft.join(cast.ana)


def test_leaving_gives_the_place_back(cast: SimpleNamespace) -> None:
    activity = guide(cast.bruno, capacity=1)
    activity.join(cast.ana)
    with pytest.raises(CannotJoin):
        activity.join(cast.dinis)
    activity.leave(cast.ana)
    activity.join(cast.dinis)
    assert activity.places_left() == 0


def test_finishing_without_a_word_is_a_smaller_moment(cast: SimpleNamespace) -> None:
    moment = guide(cast.bruno, minutes=7).complete(cast.ana)
    assert (moment.title, moment.reflected, moment.minutes) == ("A guide", False, 7)


def test_a_line_said_later_replaces_the_first(cast: SimpleNamespace) -> None:
    activity = guide(cast.bruno)
    activity.complete(cast.ana)
    activity.complete(cast.ana, line="Listen first.")
    moment = Moment.objects.get(person=cast.ana)
    assert (moment.title, moment.reflected) == ("Listen first.", True)
    assert moment.source_title == "A guide"


def test_finishing_can_be_taken_back(cast: SimpleNamespace) -> None:
    activity = guide(cast.bruno)
    activity.complete(cast.ana, line="Too early.")
    activity.reopen(cast.ana)
    assert not Moment.objects.exists()
    assert activity.participations.get().state == "joined"


def test_nobody_sees_what_another_took_from_it(cast: SimpleNamespace) -> None:
    activity = guide(cast.bruno)
    activity.complete(cast.ana, line="For me alone.")
    for other in (cast.bruno, cast.clara, cast.nadia):
        assert not Moment.objects.visible_to(other).exists()
        assert not Participation.objects.visible_to(other).exists()


def test_only_those_who_may_edit_publish(cast: SimpleNamespace) -> None:
    draft = Activity.objects.create(kind="resource", title="x", way="job_aid", owner=cast.ana)
    for other in (cast.bruno, cast.clara, cast.nadia):
        with pytest.raises(PermissionDenied):
            draft.publish(by=other)


def test_places_are_never_oversold(cast: SimpleNamespace, on_disk: None) -> None:
    people = [cast.ana, cast.bruno, cast.clara, cast.dinis, cast.nadia]
    start, refused, taken = threading.Barrier(len(people)), [], []
    made: list[Activity] = []

    def make() -> None:
        made.append(guide(cast.bruno, capacity=3))
        connection.close()

    def count() -> None:
        taken.append(made[0].places_taken())
        connection.close()

    def run(person: Person) -> None:
        try:
            start.wait()
            made[0].join(person)
        except CannotJoin:
            refused.append(person)
        finally:
            connection.close()

    for group in ([make], [partial(run, person) for person in people], [count]):
        threads = [threading.Thread(target=target) for target in group]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (taken, len(refused)) == ([3], 2)


def test_who_stepped_back_is_forgotten_after_a_year_and_who_came_back_is_not(cast) -> None:
    activity = guide(cast.bruno)
    for person in (cast.ana, cast.dinis):
        activity.join(person)
        activity.leave(person)
    activity.join(cast.dinis)
    activity.join(cast.clara)
    now = cast.ana.now()
    forget_expired(now + timedelta(days=364))
    assert activity.participations.count() == 3
    forget_expired(now + timedelta(days=366))
    assert {mine.person for mine in activity.participations.all()} == {cast.dinis, cast.clara}
