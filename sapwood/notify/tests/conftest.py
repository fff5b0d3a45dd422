"""A kind of notice and a thing it is about, for tests: pebbles, which some people may see."""

import asyncio
import threading
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import connections

from sapwood.notify import abouts, kinds
from sapwood.notify.inbound.listening import Listener, Place
from sapwood.people.models import Skill


class Pebbles:
    """Whoever is not in `hidden_from` sees a pebble. Tags lend them their rows."""

    word = "this pebble"

    def __init__(self):
        self.hidden_from = set()

    def seen_by(self, pk, people):
        return {person for person in people if (person, pk) not in self.hidden_from}

    def seen(self, person, pks):
        hidden = [pk for who, pk in self.hidden_from if who == person.pk]
        return Skill.objects.filter(pk__in=pks).exclude(pk__in=hidden)

    def muted_by(self, pk, people, actor):
        return set()

    def mute(self, person, pk, *, on):
        return False


def a_pebble() -> UUID:
    """The id of a new pebble."""
    return Skill.objects.create(name=f"pebble {uuid4()}").pk


def headline(notice):
    return f"{notice.kind}: {notice.title}"


@pytest.fixture
def pebble(monkeypatch, cast):
    """A pebble with an id, and the two kinds of notices about pebbles."""
    kinds.kinds()
    pebbles = Pebbles()
    monkeypatch.setitem(abouts._abouts, "pebble", pebbles)
    for slug, group, weight in (
        ("found", "you", 1),
        ("named", "you", 2),
        ("fits", "fitting", 0),
        ("urgent", "gatherings", 0),
    ):
        kind = kinds.NoticeKind(
            slug, group, slug.title(), headline, {"": "You found it.", "asked": "You asked."},
            "Mute this pebble", family="pebbles" if group == "you" else "", weight=weight,
        )  # fmt: skip
        monkeypatch.setitem(kinds._registry.kinds, slug, kind)
    return SimpleNamespace(pk=a_pebble(), all=pebbles)


@pytest.fixture
def say(pebble, cast):
    """Tells people of the pebble, with what a test does not care about filled in."""
    from sapwood.notify.telling import tell

    def saying(*people, key="k1", kind="found", **more):
        more.setdefault("about", ("pebble", pebble.pk))
        return tell([getattr(p, "pk", p) for p in people], kind=kind, key=key, url="/", **more)

    return saying


@pytest.fixture
def another():
    """Another pebble."""
    return a_pebble


@pytest.fixture
def listening():
    """Starts a listener in a thread and gives its port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    open_ones = []

    def start(tongue):
        listener = Listener(Place.read(f"{tongue}://127.0.0.1:1"))
        object.__setattr__(listener.place, "port", 0)
        asyncio.run_coroutine_threadsafe(listener.start(), loop).result(5)
        open_ones.append(listener)
        return listener.port

    yield start
    for listener in open_ones:
        asyncio.run_coroutine_threadsafe(listener.stop(), loop).result(5)
    asyncio.run_coroutine_threadsafe(loop.shutdown_default_executor(), loop).result(5)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()
    connections.close_all()
