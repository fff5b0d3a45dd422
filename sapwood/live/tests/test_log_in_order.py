"""The log is read in the order in which events become visible; nothing is missed, nothing twice."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from sapwood.live import log
from sapwood.live.models import Event
from sapwood.live.publishing import LONGEST, WordsError, publish, publish_to
from sapwood.live.tasks import sweep_events

TOPIC = f"test:{uuid4()}"


def names(events: list[log.Heard] | tuple[log.Heard, ...]) -> list[str]:
    return [event.message.decode().split('"name":"')[1].split('"')[0] for event in events]


def missed(**more: Any) -> log.Missed:
    return log.missed([TOPIC], **{"last": None, "since": None, "now": timezone.now(), **more})


def test_events_come_in_order_and_once(db: None) -> None:
    publish(TOPIC, "first", {"n": 1})
    start = log.latest()
    publish_to([TOPIC, "test:other"], "second", {"id": uuid4(), "many": [1, 2]})
    publish(TOPIC, "third")
    events = log.after(start)
    assert names(events) == ["second", "second", "third"]
    assert log.after(events[-1].place) == []
    assert log.has_news(start)
    assert not log.has_news(events[-1].place)
    assert log.latest() == events[-1].place


def test_an_event_is_written_as_browsers_read_it(db: None) -> None:
    start = log.latest()
    publish(TOPIC, "reply", {"n": 2})
    event = log.after(start)[0]
    expected = f'id: {event.place}\ndata: {{"topic":"{TOPIC}","name":"reply","data":{{"n": 2}}}}'
    assert event.message.decode() == expected + "\n\n"


def test_an_event_carries_no_words(db: None) -> None:
    for words in ("We lost a pump", "ana@ardal.example", "<b>", "línea", {"text": "x"}, b"x"):
        with pytest.raises(WordsError):
            publish(TOPIC, "reply", {"what": words})
    with pytest.raises(WordsError):
        publish(TOPIC, "reply", {"many": ["x" * 80] * (LONGEST // 80)})
    assert not Event.objects.exists()


def test_what_is_undone_is_not_heard(transactional_db: None) -> None:
    start = log.latest()
    with transaction.atomic():
        publish(TOPIC, "undone")
        transaction.set_rollback(True)
    publish(TOPIC, "done")
    assert names(log.after(start)) == ["done"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_a_late_commit_is_heard_after_later_numbers(
    transactional_db: None, at_once: Callable[..., list[Any]]
) -> None:
    drawn, others_done = threading.Event(), threading.Event()
    heard: list[log.Heard] = []

    def slow() -> None:
        with transaction.atomic():
            publish(TOPIC, "slow")
            drawn.set()
            assert others_done.wait(10)

    def quick() -> None:
        assert drawn.wait(10)
        publish(TOPIC, "quick")
        heard.extend(log.after(0))
        others_done.set()

    assert at_once(slow, quick) == [None, None]
    assert names(heard) == ["quick"]
    assert list(Event.objects.order_by("seq").values_list("name", flat=True)) == ["slow", "quick"]
    assert names(log.after(heard[-1].place)) == ["slow"]
    assert names(missed(last=heard[-1].place).events) == ["slow"]


def test_readers_at_once_agree_on_the_order(
    transactional_db: None, at_once: Callable[..., list[Any]]
) -> None:
    def write(name: str) -> Callable[[], None]:
        def run() -> None:
            for number in range(15):
                with transaction.atomic():
                    publish(TOPIC, f"{name}{number}")

        return run

    def read() -> list[int]:
        place, places, end = 0, [], time.monotonic() + 20
        while len(places) < 45 and time.monotonic() < end:
            for event in log.after(place):
                place = event.place
                places.append(place)
            time.sleep(0.001)
        return places

    *written, one, two = at_once(write("a"), write("b"), write("c"), read, read)
    assert written == [None] * 3
    assert one == two == sorted(set(one))
    assert len(one) == 45


def test_whoever_was_away_gets_what_was_missed(db: None) -> None:
    publish(TOPIC, "before")
    last = log.latest()
    publish(TOPIC, "after")
    publish("test:other", "elsewhere")
    found = missed(last=last)
    assert (names(found.events), found.is_too_much) == (["after"], False)
    assert found.upto == log.latest()
    assert missed(last=found.upto).events == ()


def test_a_page_hears_what_happened_since_it_was_made(db: None) -> None:
    publish(TOPIC, "old")
    publish(TOPIC, "new")
    now = timezone.now()
    Event.objects.filter(name="old").update(at=now - timedelta(seconds=30))
    assert names(missed(since=now - timedelta(seconds=10)).events) == ["new"]
    assert names(missed(since=now - timedelta(seconds=40)).events) == ["old", "new"]
    assert missed().events == ()


def test_too_much_is_said_to_be_too_much(db: None) -> None:
    publish(TOPIC, "before")
    start = log.latest()
    publish_to([TOPIC] * log.BEHIND, "many")
    assert len(missed(last=start).events) == log.BEHIND
    publish(TOPIC, "one-more")
    found = missed(last=start)
    assert (found.is_too_much, found.events, found.upto) == (True, (), log.latest())


def test_places_nobody_knows_are_too_much(db: None, run_jobs: Callable[[], int]) -> None:
    for name in ("one", "two", "three"):
        publish(TOPIC, name)
    places = [event.place for event in log.after(0)]
    assert missed(last=places[-1] + 1).is_too_much  # of another database
    assert missed(since=timezone.now() - log.KEPT).is_too_much
    Event.objects.filter(name__in=["one", "two"]).update(at=timezone.now() - log.KEPT * 2)
    sweep_events.enqueue()
    assert run_jobs() == 1
    assert missed(last=places[0]).is_too_much
    assert names(missed(last=places[1]).events) == ["three"]


def test_the_newest_place_outlives_the_sweep(db: None) -> None:
    publish_to([TOPIC] * 3, "old")
    Event.objects.update(at=timezone.now() - log.KEPT * 2)
    newest = log.latest()
    assert log.sweep(timezone.now()) == 2
    assert log.latest() == newest
    publish(TOPIC, "next")
    assert log.latest() == newest + 1
