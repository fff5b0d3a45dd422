"""What makes the site an app: manifest, worker, offline page, bookmarklet, token of a queue."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from sapwood.core.assets import BUILT


@pytest.fixture
def guest(cast: SimpleNamespace, client_of: Callable[[object], Client]) -> Client:
    return client_of(None)


def test_the_manifest_has_the_organisations_name(guest: Client) -> None:
    content = guest.get("/manifest.webmanifest", headers={"Accept-Language": "pt"}).json()
    assert content["name"] == "Sapwood · Ardal Water"
    assert content["lang"] == "pt"
    assert content["share_target"]["action"] == "/moments/new/"
    assert {icon["purpose"] for icon in content["icons"]} == {"any", "maskable"}
    for icon in content["icons"]:
        assert (BUILT / icon["src"].removeprefix("/static/")).exists()


def test_the_worker_is_at_the_root_and_knows_every_language(guest: Client) -> None:
    answer = guest.get("/sw.js")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    script = answer.content.decode()
    assert all(f'"{code}"' in script for code, _name in settings.LANGUAGES)


@pytest.mark.parametrize(("language", "words"), [("en", "No connection"), ("pt", "não há ligação")])
def test_the_offline_page_holds_the_form_and_nobody(
    cast: SimpleNamespace, client_of: Callable[[object], Client], language: str, words: str
) -> None:
    pages = [
        client_of(person).get(f"/offline/?lang={language}").content.decode()
        for person in (None, cast.ana)
    ]
    assert words in pages[0]
    assert 'name="title"' in pages[0]
    assert pages[0].count("<option") == 41
    assert str(cast.ana.pk) not in pages[1]
    assert "Ana" not in pages[1].replace("Análise", "")


def test_a_queue_learns_who_is_signed_in(
    cast: SimpleNamespace, guest: Client, client_of: Callable[[object], Client]
) -> None:
    assert guest.get("/session/").json()["person"] is None
    answer = client_of(cast.ana).get("/session/")
    assert answer.json()["person"] == str(cast.ana.pk)
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_token_opens_the_door_for_the_queue(cast: SimpleNamespace) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.ana, backend=settings.AUTHENTICATION_BACKENDS[-1])
    said = {"title": "Sent later", "when": "day", "day": "2026-01-05", "visibility": "private"}
    accept = {"Accept": "application/json"}
    assert browser.post("/moments/new/", said, headers=accept).status_code == 403
    token = browser.get("/session/").json()["token"]
    sent = browser.post("/moments/new/", said, headers={**accept, "X-CSRFToken": token})
    assert sent.status_code == 201


def test_the_bookmarklet_opens_the_sheet(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    page = client_of(cast.ana).get("/moments/from-your-browser/").content.decode()
    assert "javascript:void open(&#39;http://testserver/moments/new/?title=" in page
    assert "<drag-link>" in page
