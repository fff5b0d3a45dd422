"""A late answer to a request from before sign-in does not sign anybody out."""

from collections.abc import Callable
from types import SimpleNamespace

from django.conf import settings
from django.test import Client

NAME = settings.SESSION_COOKIE_NAME


def test_an_unknown_cookie_is_left_alone(cast: SimpleNamespace) -> None:
    browser = Client()
    browser.cookies[NAME] = "a-session-that-is-gone"
    for path in ("/offline/?lang=en", "/session/", "/account/login/", "/"):
        assert NAME not in browser.get(path).cookies


def test_an_ended_session_takes_its_cookie_along(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    browser = client_of(cast.ana)
    assert browser.get("/").status_code == 200
    cast.ana.set_password("ferry lantern gravel")
    cast.ana.save()
    answer = browser.get("/session/")
    assert answer.json()["person"] is None
    assert answer.cookies[NAME].value == ""


def test_signing_out_ends_the_session(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    browser = client_of(cast.ana)
    before = browser.cookies[NAME].value
    browser.post("/account/logout/")
    browser.cookies[NAME] = before
    assert browser.get("/").status_code == 302
