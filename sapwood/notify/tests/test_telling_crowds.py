"""Thousands are told by jobs, batch by batch; killed and run again nobody is told twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection

from sapwood.notify import crowds
from sapwood.notify.models import Mute, Notice, Preference, Quiet
from sapwood.notify.telling import tell
from sapwood.notify.wishing import reach
from sapwood.people.models import Person

NOW = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)  # a Wednesday, at 11:00 in Lisbon


@pytest.fixture
def crowd(pebble, monkeypatch):
    """Seven people, told two at a time, two batches a job."""
    monkeypatch.setattr(crowds, "BATCH", 2)
    monkeypatch.setattr(crowds, "BATCHES", 2)
    Person.objects.bulk_create(
        [Person(email=f"c{n}@crowd.example", name=f"C {n}", password="!") for n in range(7)]
    )
    people = Person.objects.filter(email__endswith="@crowd.example")
    event = {"kind": "found", "about": ("pebble", pebble.pk), "key": "k", "url": "/"}
    monkeypatch.setitem(crowds._tales, "pebbles", lambda pk: crowds.Tale(people, event))
    return people


def test_everybody_is_told_once(crowd, run_jobs):
    pk = uuid4()
    crowds.tell_many("pebbles", pk)
    crowds.tell_many("pebbles", pk)
    assert run_jobs() == 4  # two jobs for each: four people, then three
    assert Notice.objects.filter(person__in=crowd).count() == 7
    assert set(Notice.objects.values_list("count", flat=True)) == {1}


def test_a_job_that_died_in_the_middle_is_run_again(crowd, monkeypatch):
    real, calls = crowds.tell, []

    def dies(people, **event):
        calls.append(people)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return real(people, **event)

    monkeypatch.setattr(crowds, "tell", dies)
    pk = uuid4()
    with pytest.raises(RuntimeError):
        crowds.tell_next("pebbles", pk, "", NOW)
    assert Notice.objects.count() == 2
    after = crowds.tell_next("pebbles", pk, "", NOW)
    assert crowds.tell_next("pebbles", pk, after, NOW) == ""
    assert sorted(Notice.objects.values_list("count", flat=True)) == [1] * 7


def test_who_left_the_crowd_meanwhile_is_not_told(crowd, pebble):
    gone = crowd.order_by("pk").last()
    after = crowds.tell_next("pebbles", uuid4(), "", NOW)
    pebble.all.hidden_from.add((gone.pk, pebble.pk))
    crowds.tell_next("pebbles", uuid4(), after, NOW)
    assert Notice.objects.count() == 6


def test_nothing_to_tell_ends_it(crowd, monkeypatch, run_jobs):
    monkeypatch.setitem(crowds._tales, "pebbles", lambda pk: None)
    crowds.tell_many("pebbles", uuid4())
    assert run_jobs() == 1
    assert not Notice.objects.exists()


def test_how_many_this_reaches(cast, pebble, django_assert_num_queries):
    from sapwood.notify.kinds import kinds

    people = Person.objects.all()
    found, urgent = kinds()["found"], kinds()["urgent"]
    assert reach(people, found, NOW) == (5, 0)
    assert reach(people, urgent, NOW) == (5, 5)
    Preference.objects.create(person=cast.ana, group="you", channel="email", rhythm="at_once")
    Preference.objects.create(person=cast.ana, group="gatherings", channel="email", rhythm="weekly")
    Mute.objects.create(person=cast.bruno, what="kind:urgent")
    Quiet.objects.create(person=cast.clara, paused_until=datetime(2026, 12, 1, tzinfo=UTC))
    Person.objects.filter(pk=cast.dinis.pk).update(time_zone="Asia/Tokyo")  # 19:00 there
    with django_assert_num_queries(2):
        assert reach(people, found, NOW) == (5, 1)
    assert reach(people, urgent, NOW) == (5, 1)  # Nadia alone
    Person.objects.filter(pk=cast.dinis.pk).update(is_active=False)
    assert reach(people, found, NOW)[0] == 4


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_make_one_row(pebble, cast):
    people = [cast.ana.pk, cast.bruno.pk, cast.clara.pk]

    def telling(key):
        try:
            return tell(people, kind="found", about=("pebble", pebble.pk), key=key, url="/")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = sum(pool.map(telling, ["a", "b", "a", "c", "b", "a"]))
    assert told == 9
    assert sorted(Notice.objects.values_list("count", "unsent")) == [(3, 3)] * 3
