"""A group with members, to talk in."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from sapwood.conversations.models import Audience, Membership, Message, Reach, Thread
from sapwood.conversations.posting import answer, open_thread
from sapwood.core.ids import uuid7


@pytest.fixture
def group(cast: SimpleNamespace) -> Audience:
    """Closed, with Ana as a member and Bruno as its steward."""
    audience = Audience.objects.create(name="Leak Detectives", home="/groups/")
    Membership.objects.create(audience=audience, person=cast.ana)
    Membership.objects.create(audience=audience, person=cast.bruno, role="steward")
    return audience


@pytest.fixture
def square(cast: SimpleNamespace) -> Audience:
    """Open to everyone to read, with Ana as its only member."""
    audience = Audience.objects.create(name="Open square", reach=Reach.EVERYONE)
    Membership.objects.create(audience=audience, person=cast.ana)
    return audience


@pytest.fixture
def post() -> Callable[..., Thread]:
    """Posts as somebody."""

    def posted(
        person: Any, audience: Audience, text: str = "Still hissing.", **more: Any
    ) -> Thread:
        more = {"key": uuid7(), "now": person.now(), **more}
        return open_thread(person, audience, text=text, **more)

    return posted


@pytest.fixture
def say() -> Callable[..., Message]:
    """Answers as somebody."""

    def said(person: Any, thread: Thread, text: str = "Pump held?", **more: Any) -> Message:
        more = {"key": uuid7(), "now": person.now(), **more}
        return answer(person, thread, text=text, **more)

    return said
