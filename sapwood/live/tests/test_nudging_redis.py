"""Redis carries a nudge for a transaction that committed, and nothing else."""

import threading
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
import redis
from django.conf import settings
from django.db import transaction

from sapwood.live import nudging
from sapwood.live.publishing import publish

pytestmark = pytest.mark.skipif(not settings.REDIS_URL, reason="needs REDIS_URL")


@pytest.fixture
def listening() -> "Iterator[redis.client.PubSub]":
    """The channel of this installation, listened to."""
    with redis.Redis.from_url(settings.REDIS_URL) as client, client.pubsub() as pubsub:
        pubsub.subscribe(nudging.channel())
        assert pubsub.get_message(timeout=5)
        yield pubsub


def test_one_nudge_for_a_transaction_once_it_commits(
    transactional_db: None, listening: "redis.client.PubSub"
) -> None:
    with transaction.atomic():
        for _ in range(3):
            publish(f"test:{uuid4()}", "x")
        assert listening.get_message(timeout=0.2) is None
    message = listening.get_message(timeout=5)
    assert message
    assert message["data"] == b""
    assert listening.get_message(timeout=0.2) is None


def test_a_nudge_wakes(transactional_db: None) -> None:
    woken = threading.Event()
    nudges = nudging.Nudges(woken.set)
    nudges.start()
    end = time.monotonic() + 5
    while not nudges.are_sure and time.monotonic() < end:
        time.sleep(0.02)
    assert nudges.are_sure
    publish(f"test:{uuid4()}", "x")
    assert woken.wait(2)


def test_a_redis_that_fails_harms_nobody(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = redis.Redis(port=1, socket_connect_timeout=0.2)
    monkeypatch.setattr(nudging, "_client", lambda: away)
    monkeypatch.setattr(nudging, "_rests_until", 0.0)
    publish(f"test:{uuid4()}", "x")
    assert nudging._rests_until > time.monotonic()
