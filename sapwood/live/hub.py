"""The hub of one serving process: who listens to what; on the event loop, without a database."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sapwood.live.log import CHECK, ENDED, READERS, Heard

ROOM = 256 * 1024  # bytes that may wait for a slow browser before its stream closes
MOST = 10  # streams of one person in one process
BEAT = 20.0  # seconds of silence after which a stream gives a sign of life
LIFE = 600.0  # seconds after which a browser has to show a new ticket, roughly


class TooManyError(Exception):
    """The person has as many streams here as one may have."""


class Stream:
    """One browser's stream: what waits to be sent, and whether it has to end."""

    def __init__(self, person: UUID, session: UUID, topics: Iterable[str], now: float) -> None:
        self.person, self.session, self.topics = person, session, tuple(topics)
        self.waiting: list[Heard] = []
        self.size = 0
        self.awake = asyncio.Event()
        self.task = asyncio.current_task()
        self.beats_at, self.lives_until = now + BEAT, now + LIFE * _around()
        self.ends_in: float | None = None  # seconds after which the browser comes back
        self.is_cut = False

    def give(self, event: Heard) -> None:
        """Adds an event; a browser that takes none for long has to start again."""
        self.waiting.append(event)
        self.size += len(event.message)
        self.awake.set()
        if self.size > ROOM:
            self.cut()

    def take(self, sent: int) -> tuple[bytes, int]:
        """What is to be sent now, as one piece, and the place reached; nothing twice."""
        fresh = [event for event in self.waiting if event.place > sent]
        self.waiting, self.size = [], 0
        self.awake.clear()
        return b"".join(event.message for event in fresh), fresh[-1].place if fresh else sent

    def end(self, seconds: float) -> None:
        """Has the stream say goodbye."""
        self.ends_in = seconds
        self.awake.set()

    def cut(self) -> None:
        """Ends it without a word: its browser takes none."""
        if self.task and not self.is_cut:
            self.is_cut = True
            self.task.cancel()


class Hub:
    """Every open stream of this process, by topic and by whose it is."""

    def __init__(self) -> None:
        self.by_topic: dict[str, set[Stream]] = defaultdict(set)
        self.by_owner: dict[UUID, set[Stream]] = defaultdict(set)  # a person, or one session
        self.place = 0
        self.is_closing = False

    @property
    def is_empty(self) -> bool:
        """True while nobody listens."""
        return not self.by_owner

    def add(self, stream: Stream) -> None:
        """Lets a stream hear what comes from now on. Raises TooManyError."""
        if len(self.by_owner.get(stream.person, ())) >= MOST:
            raise TooManyError
        for topic in stream.topics:
            self.by_topic[topic].add(stream)
        for owner in (stream.person, stream.session):
            self.by_owner[owner].add(stream)

    def remove(self, stream: Stream) -> None:
        """Forgets a stream."""
        for index, keys in (
            (self.by_topic, stream.topics),
            (self.by_owner, (stream.person, stream.session)),
        ):
            for key in keys:
                index[key].discard(stream)  # type: ignore[index]
                if not index[key]:  # type: ignore[index]
                    del index[key]  # type: ignore[arg-type]

    def deliver(self, events: Iterable[Heard]) -> None:
        """Hands each event to whoever listens; those between hubs are acted upon."""
        for event in events:
            self.place = max(self.place, event.place)
            kind, _, key = event.topic.partition(":")
            if f"{kind}:" in (ENDED, CHECK):
                for stream in self.by_owner.get(UUID(key), ()):
                    stream.end(0.0)
            elif f"{kind}:" == READERS:  # browsers come back with new tickets, not all at once
                for stream in self.by_topic.get(f"audience:{key}", ()):
                    stream.end(3 * _chance())
            else:
                for stream in self.by_topic.get(event.topic, ()):
                    stream.give(event)

    def everyone(self) -> set[Stream]:
        """Every stream, once."""
        return {stream for streams in self.by_owner.values() for stream in streams}

    def tend(self, now: float) -> None:
        """Wakes the streams that have been silent, and ends those that have lived their time."""
        for stream in self.everyone():
            if now > stream.lives_until:
                stream.end(0.0)
            elif now > stream.beats_at:
                stream.awake.set()

    def close(self) -> None:
        """Sends everybody away, to come back at different moments: the server stops."""
        self.is_closing = True
        for stream in self.everyone():
            stream.end(1.0 + 4.0 * _chance())

    def cut(self) -> None:
        """Ends at once what is left."""
        for stream in self.everyone():
            stream.cut()


def _chance() -> float:
    return random.random()  # noqa: S311  # nosec B311 - only spreads people


def _around() -> float:
    return 0.9 + 0.2 * _chance()
