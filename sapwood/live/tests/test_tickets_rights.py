"""Who may hear what: tickets hold topics their owner may hear, for two minutes and one session."""

from collections.abc import Callable
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.utils import timezone

from sapwood.live import tickets
from sapwood.live.log import CHECK, ENDED
from sapwood.live.topics import MOST, audible, topic

URL = "/live/ticket/"
SHARED = uuid4()


@topic("test-table")
def table(person: object, pks: object) -> list[object]:
    """One table that Ana may hear, and an id that nobody asked for."""
    return [SHARED, uuid4()] if getattr(person, "name", "") == "Ana Sá" else []


def asked(browser: Client, *topics: str) -> list[str]:
    answer = browser.get(URL, {"topic": topics})
    assert answer.status_code == 200
    return list(answer.json()["topics"])


def test_everybody_hears_oneself_alone(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    mine, other = f"person:{cast.ana.pk}", f"person:{cast.dinis.pk}"
    assert asked(client_of(cast.ana), mine, other) == [mine]
    assert asked(client_of(cast.nadia), mine, other) == []  # nor does an administrator


def test_a_rule_decides_who_hears_a_topic(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    shared, other = f"test-table:{SHARED}", f"test-table:{uuid4()}"
    assert asked(client_of(cast.ana), shared, other) == [shared]
    assert asked(client_of(cast.dinis), shared, other) == []


def test_unknown_topics_are_left_out(cast: SimpleNamespace) -> None:
    own = str(cast.ana.pk)
    strange = ["", ":", "person", "person:", "person:x", f"nobody:{own}", "x" * 5000, "person:\0"]
    strange += [f"{ENDED}{own}", f"{CHECK}{own}"]
    assert audible(cast.ana, [*strange, f"person:{own}", f"person:{own}"]) == [f"person:{own}"]
    many = [f"person:{uuid4()}" for _ in range(MOST)]
    assert audible(cast.ana, [*many, f"person:{own}"]) == []


def test_a_stranger_gets_no_ticket(client_of: Callable[[object], Client], db: None) -> None:
    assert client_of(None).get(URL).status_code == 302


def test_a_ticket_is_read_with_the_cookie_of_its_session(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    browser = client_of(cast.ana)
    text = browser.get(URL, {"topic": f"person:{cast.ana.pk}"}).json()["ticket"]
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    ticket = tickets.read(text, key)
    assert ticket.person == cast.ana.pk
    assert ticket.topics == (f"person:{cast.ana.pk}",)
    assert key not in signing.b64_decode(text.split(":")[0].lstrip(".").encode()).decode("latin1")
    for wrong in ("", "another", str(ticket.session)):
        with pytest.raises(tickets.RefusedError):
            tickets.read(text, wrong)


def test_a_ticket_is_neither_forged_nor_old(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tickets.write(cast.ana.pk, "key", [], timezone.now())
    assert tickets.read(text, "key").person == cast.ana.pk
    for forged in ("", "x", text[:-1], text.replace(":", ":x", 1), "." + text):
        with pytest.raises(tickets.RefusedError):
            tickets.read(forged, "key")
    monkeypatch.setattr(tickets, "SECONDS", -1)
    with pytest.raises(tickets.RefusedError):
        tickets.read(text, "key")
