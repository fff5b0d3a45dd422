"""Saying that something happened: `publish(topic, name, data)`, in the transaction that did it.

An event tells open pages to look again; it never carries what there is to see, because whoever
hears it may have lost the right to. So `data` holds ids, numbers and codes, and words are refused.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sapwood.live.log import CHECK
from sapwood.live.models import Event
from sapwood.live.nudging import nudge

LONGEST = 2000
CODE = re.compile(r"[a-zA-Z0-9_.:/-]{0,80}")


class WordsError(ValueError):
    """The data of an event holds something else than ids, numbers and codes."""


def publish(topic: str, name: str, data: Mapping[str, Any] | None = None) -> None:
    """Logs one event for everyone who listens to `topic`; heard once the transaction commits."""
    publish_to([topic], name, data)


def publish_to(topics: Iterable[str], name: str, data: Mapping[str, Any] | None = None) -> None:
    """The same event under several topics, in one statement for each hundred of them."""
    text = written(data or {})
    rows = [Event(topic=topic, name=name, data=text) for topic in topics]
    if rows:
        Event.objects.bulk_create(rows, batch_size=100)
        nudge()


def check_rights(people: Iterable[UUID]) -> None:
    """Closes the streams of people who lost a right; their browsers come back with new tickets."""
    publish_to([f"{CHECK}{person}" for person in people], "check")


def written(data: Mapping[str, Any]) -> str:
    """The data as JSON. Raises WordsError."""
    text = json.dumps({str(key): _plain(value) for key, value in data.items()})
    if len(text) > LONGEST:
        raise WordsError(f"{len(text)} characters; at most {LONGEST}")
    return text


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID) or (isinstance(value, str) and CODE.fullmatch(value)):
        return str(value)
    raise WordsError("ids, numbers and codes only")
