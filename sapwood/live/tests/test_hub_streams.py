"""The hub: each stream gets its topics, once and in order; slow, old and surplus ones end."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID, uuid4

import pytest

from sapwood.live.hub import BEAT, LIFE, MOST, ROOM, Hub, Stream, TooManyError
from sapwood.live.log import CHECK, ENDED, READERS, Heard

ANA, DINIS, HERE, THERE = (uuid4() for _ in range(4))


def event(place: int, topic: str, text: str = "x") -> Heard:
    return Heard(place, topic, text.encode())


def on_loop(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def run() -> None:
        asyncio.run(test())

    run.__name__ = test.__name__
    return run


def stream(*topics: str, person: UUID = ANA, session: UUID = HERE) -> Stream:
    return Stream(person, session, topics, 0.0)


@on_loop
async def test_each_stream_gets_its_topics_in_order() -> None:
    hub, both, one, none = Hub(), stream("a:1", "b:1"), stream("b:1"), stream()
    for each in (both, one, none):
        hub.add(each)
    hub.deliver([event(1, "a:1", "1"), event(2, "b:1", "2"), event(3, "c:1", "3")])
    assert both.take(0) == (b"12", 2)
    assert one.take(0) == (b"2", 2)
    assert none.take(0) == (b"", 0)
    assert hub.place == 3


@on_loop
async def test_what_was_replayed_is_not_sent_again() -> None:
    hub, one = Hub(), stream("a:1")
    hub.add(one)
    hub.deliver([event(place, "a:1", str(place)) for place in (4, 5, 6)])
    assert one.take(5) == (b"6", 6)


@on_loop
async def test_nothing_is_left_of_a_stream_that_went() -> None:
    hub, one = Hub(), stream("a:1", "b:1")
    hub.add(one)
    assert not hub.is_empty
    hub.remove(one)
    assert hub.is_empty
    assert hub.by_topic == hub.by_owner == {}
    hub.deliver([event(1, "a:1")])
    assert hub.by_topic == {}


@on_loop
async def test_an_ended_session_ends_its_streams_alone() -> None:
    hub = Hub()
    here, there, other = stream(), stream(session=THERE), stream(person=DINIS, session=uuid4())
    for each in (here, there, other):
        hub.add(each)

    def ended() -> list[bool]:
        return [each.ends_in is not None for each in (here, there, other)]

    hub.deliver([event(1, f"{ENDED}{THERE}")])
    assert ended() == [False, True, False]
    hub.deliver([event(2, f"{ENDED}{ANA}")])
    assert ended() == [True, True, False]
    hub.deliver([event(3, f"{CHECK}{DINIS}")])
    assert ended() == [True, True, True]


@on_loop
async def test_who_listens_to_a_group_shows_a_new_ticket_when_its_readers_change() -> None:
    hub, group, other = Hub(), uuid4(), uuid4()
    here, there = stream(f"audience:{group}"), stream(f"audience:{other}")
    for each in (here, there):
        hub.add(each)
    hub.deliver([event(1, f"{READERS}{group}")])
    assert here.ends_in is not None
    assert there.ends_in is None


@on_loop
async def test_a_person_has_so_many_streams() -> None:
    hub = Hub()
    for _number in range(MOST):
        hub.add(stream())
    with pytest.raises(TooManyError):
        hub.add(stream())
    hub.add(stream(person=DINIS))


@on_loop
async def test_a_browser_that_takes_nothing_is_cut() -> None:
    hub = Hub()

    async def listen() -> None:
        slow = stream("a:1")
        hub.add(slow)
        try:
            await asyncio.sleep(30)
        finally:
            hub.remove(slow)

    task = asyncio.create_task(listen())
    await asyncio.sleep(0)
    for place in range(3):
        hub.deliver([event(place, "a:1", "x" * (ROOM // 2))])
    with pytest.raises(asyncio.CancelledError):
        await task
    assert hub.is_empty


@on_loop
async def test_silence_is_broken_and_old_age_ends() -> None:
    hub, one = Hub(), stream()
    hub.add(one)
    hub.tend(BEAT - 1)
    assert not one.awake.is_set()
    hub.tend(BEAT + 1)
    assert one.awake.is_set()
    assert one.ends_in is None
    hub.tend(LIFE * 1.2)
    assert one.ends_in == 0


@on_loop
async def test_a_server_that_stops_spreads_the_return() -> None:
    hub, streams = Hub(), [stream(person=uuid4()) for _ in range(40)]
    for each in streams:
        hub.add(each)
    hub.close()
    times = [each.ends_in or 0 for each in streams]
    assert hub.is_closing
    assert 1 <= min(times) < 2
    assert 4 < max(times) <= 5
