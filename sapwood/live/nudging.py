"""A word through Redis that there is something new in the log; the log alone says what.

Redis carries nothing else, so losing it loses nothing: the hubs then look into the log by
themselves, as where there is no Redis (docs/decisions/0011-live.md).
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import redis
from django.conf import settings
from django.db import transaction

REST = 5.0  # seconds in which a Redis that failed is not asked again
logger = logging.getLogger("sapwood.live")
_rests_until = 0.0


def channel() -> str:
    """Ours alone, also where several installations share one Redis."""
    return f"{settings.CACHES['default'].get('KEY_PREFIX', '')}:live"


def nudge() -> None:
    """Tells the hubs to look, once this transaction has committed; once for a transaction."""
    if not settings.REDIS_URL:
        return
    waiting: list[Any] = transaction.get_connection().run_on_commit
    if not any(entry[1] is _send for entry in waiting):
        transaction.on_commit(_send)


@lru_cache(maxsize=1)
def _client() -> "redis.Redis":
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.3, socket_connect_timeout=0.3)


def _send() -> None:
    global _rests_until
    if time.monotonic() < _rests_until:
        return
    try:
        _client().publish(channel(), b"")
    except redis.RedisError as problem:
        _rests_until = time.monotonic() + REST
        logger.warning("no nudges", extra={"problem": type(problem).__name__})


class Nudges:
    """Waits for nudges in a thread of its own; `are_sure` while Redis answers."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self.wake = wake
        self.are_sure = False

    def start(self) -> None:
        """Begins, where there is a Redis to listen to."""
        if settings.REDIS_URL:
            threading.Thread(target=self._run, name="live-nudges", daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                self._listen()
            except (redis.RedisError, OSError) as problem:
                logger.warning("no nudges", extra={"problem": type(problem).__name__})
            self.are_sure = False
            self.wake()
            time.sleep(REST)

    def _listen(self) -> None:
        client = redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2
        )
        with client, client.pubsub() as pubsub:  # type: ignore[no-untyped-call]
            pubsub.subscribe(channel())
            asked = 0.0
            while True:
                message = pubsub.get_message(timeout=1)
                if message and message["type"] in {"subscribe", "pong"}:
                    self.are_sure, asked = True, 0.0
                elif message:
                    self.wake()
                elif asked and time.monotonic() - asked > 2:
                    raise redis.TimeoutError
                elif not asked:
                    asked = time.monotonic()
                    pubsub.ping()
