"""The tail of the log: one thread in each serving process reads what is new, for all its streams.

It looks every 50 ms while somebody listens, which is also how events are gathered into one piece,
and rests otherwise. Where Redis nudges it, it looks when there is something.
"""

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import Error, connection
from django.utils import timezone

from sapwood.live import log
from sapwood.live.hub import Hub
from sapwood.live.log import Missed
from sapwood.live.nudging import Nudges
from sapwood.live.tickets import Ticket

EVERY = 0.05
AT_A_TIME = 25  # streams that start between two looks
NUDGED = 1.0  # seconds between two looks while Redis says when to look: it may lose a word
Job = Callable[[], Any]
logger = logging.getLogger("sapwood.live")


class SessionEndedError(Exception):
    """The session of a ticket ended after it was written."""


class Tail:
    """Feeds one hub. Made on the event loop; the rest happens in its thread."""

    def __init__(self, hub: Hub, *, every: float = EVERY) -> None:
        self.hub, self.every = hub, every
        self.loop = asyncio.get_running_loop()
        self.asked: deque[tuple[Job, asyncio.Future[Any]]] = deque()
        self.wake = threading.Event()
        self.nudges = Nudges(self.wake.set)
        self.thread = threading.Thread(target=self._run, name="live", daemon=True)

    def start(self) -> None:
        """Begins to look; called once."""
        self.nudges.start()
        self.thread.start()

    async def catch_up(self, ticket: Ticket, *, last: int | None, ago: float | None) -> Missed:
        """What the stream of this ticket missed; its hub must know the stream already.

        Raises SessionEndedError, and django.db.Error while the database is away.
        """

        def read() -> Missed:
            if log.has_ended(ticket.person, ticket.session, ticket.issued):
                raise SessionEndedError
            now = timezone.now()
            since = None if ago is None else now - timedelta(seconds=ago)
            return log.missed(ticket.topics, last=last, since=since, now=now)

        future: asyncio.Future[Missed] = self.loop.create_future()
        self.asked.append((read, future))
        self.wake.set()
        return await future

    def _run(self) -> None:
        place = -1
        while True:
            self.wake.clear()
            try:
                if self.hub.is_empty and not self.asked:
                    place = -1
                    connection.close()
                    self.wake.wait()
                    continue
                place = self._look(place)
                self._answer_some()
            except Error:
                logger.exception("the log does not answer")
                connection.close()
                time.sleep(1)
            except RuntimeError:  # the event loop has ended, and the process with it
                return
            if self.asked:
                continue
            if self.nudges.are_sure:
                self.wake.wait(NUDGED)
                time.sleep(self.every)  # what comes together is sent together
            else:
                self.wake.wait(self.every)

    def _look(self, place: int) -> int:
        """Hands on what is new; returns the place reached."""
        if place < 0:
            return log.latest()
        while log.has_news(place):
            events = log.after(place)
            if events:
                place = events[-1].place
                self.loop.call_soon_threadsafe(self.hub.deliver, events)
            if len(events) < log.AT_ONCE:
                break
        return place

    def _answer_some(self) -> None:
        """Reads for streams that start, a few at a time; one that fails is told so."""
        for _turn in range(min(len(self.asked), AT_A_TIME)):
            read, future = self.asked.popleft()
            try:
                self._settle(future.set_result, read())
            except Exception as problem:
                self._settle(future.set_exception, problem)
                if isinstance(problem, Error):
                    raise

    def _settle(self, settle: Callable[[Any], None], outcome: Any) -> None:
        def unless_gone() -> None:
            with suppress(asyncio.InvalidStateError):
                settle(outcome)

        self.loop.call_soon_threadsafe(unless_gone)
