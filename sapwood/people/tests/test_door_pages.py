"""Every page behind the doors is ours: found by Jinja, without inline script, in both languages."""

import importlib
import pkgutil
import re

import allauth.account
import allauth.mfa
import allauth.usersessions
import pytest
from django.template import engines
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from sapwood.people.doors.words import LETTERS, NOTES

INLINE = re.compile(r"<script(?![^>]*(src=|application/json))|\son\w+=|\sstyle=|hx-on", re.I)


def views_under(prefix: str, patterns=None, at: str = ""):
    for pattern in patterns or get_resolver().url_patterns:
        route = at + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views_under(prefix, pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and route.startswith(prefix):
            yield route, pattern.callback


def test_every_template_of_allauth_is_our_own():
    missing, seen = [], 0
    for route, view in views_under("account/"):
        name = getattr(getattr(view, "view_class", None), "template_name", None)
        if name:
            seen += 1
            try:
                engines["jinja2"].get_template(name)
            except Exception as error:
                missing.append((route, name, error))
    assert seen > 15
    assert not missing


def test_every_letter_and_note_of_allauth_has_our_words():
    text = ""
    for package in (allauth.account, allauth.mfa, allauth.usersessions):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if ".tests" not in module.name and "migrations" not in module.name:
                spec = importlib.util.find_spec(module.name)
                text += (spec.loader.get_source(module.name) or "") if spec and spec.loader else ""
    letters = set(re.findall(r'"((?:account|mfa)/email/\w+)"', text))
    unused = {"account/email/password_reset_code"}
    assert letters - unused <= set(LETTERS)
    assert set(NOTES) <= set(re.findall(r'"(\w+/messages/\w+\.txt)"', text))


PUBLIC = [
    "login/", "login/code/", "password/reset/", "password/reset/done/", "inactive/",
    "password/reset/key/done/", "password/reset/key/1-abc/", "signup/",
]  # fmt: skip
MINE = [
    "logout/", "email/", "password/set/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/",
    "2fa/webauthn/add/", "sessions/",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_render_without_inline_script(cast, path, language):
    client = Client()
    client.cookies["lang"] = language
    response = client.get(f"/account/{path}")
    page = response.content.decode()
    assert response.status_code in (200, 403)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert f'<html lang="{language}"' in page
    assert not INLINE.search(page)


@pytest.mark.parametrize("path", MINE)
def test_own_pages_render_without_inline_script(cast, client_of, path):
    response = client_of(cast.ana).get(f"/account/{path}")
    assert response.status_code == 200
    assert not INLINE.search(response.content.decode())
    assert client_of(None).get(f"/account/{path}").status_code == 302


def test_security_leads_to_the_keys(cast, client_of):
    assert client_of(cast.ana).get("/account/")["Location"] == "/account/2fa/"


def test_too_many_questions_get_a_sentence(cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client = Client()
    form = {"login": "x@ardal.example", "password": "wrong wrong wrong"}
    client.post("/account/login/", form)
    last = client.post("/account/login/", form)
    assert last.status_code == 429
    assert "Wait a few minutes" in last.content.decode()
