"""The page of parts, the frame and its switches."""

import json
import re
from pathlib import Path

import pytest
from django.template import engines
from django.urls import reverse

from sapwood.core.assets import BUILT
from sapwood.core.design import PARTS
from sapwood.core.environment import PACKAGE

TEMPLATES = sorted(
    path for path in PACKAGE.glob("**/templates/**/*.html") if not path.name.startswith("email")
)
FORBIDDEN = {
    "style attribute": re.compile(r"\sstyle\s*="),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=|\stype=\"application/json\")"),
    "inline style": re.compile(r"<style\b"),
    "inline handler": re.compile(r"\son[a-z]+\s*=(?!=)|hx-on"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_obey_the_content_security_policy(path: Path):
    text = path.read_text()
    if "core/email.html" in text or '.css" %}' in text:
        pytest.skip("letters and downloads carry their own style")
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("code", ["400", "403", "404", "500", "csrf", "offline"])
def test_error_pages_need_nothing_they_may_not_have(code: str, client_of, cast):
    env = engines["jinja2"].env
    if code in {"500", "offline"}:
        assert "<h1>" in env.get_template(f"core/{code}.html").render()
        return
    from django.test import RequestFactory

    from sapwood.core.pages import render

    request = RequestFactory().get("/nowhere/")
    for person in (cast.ana, None):
        from django.contrib.auth.models import AnonymousUser

        request.user = person or AnonymousUser()
        assert "<h1>" in render(request, f"core/{code}.html").content.decode()


def test_every_part_is_shown_in_both_themes(cast, client_of):
    page = client_of(cast.nadia).get(reverse("design")).content.decode()
    for part in PARTS:
        assert f'id="{part.key}"' in page
    assert page.count('data-theme="light"') == page.count('data-theme="dark"') == len(PARTS)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "ids stay unique with two columns"


def test_the_page_of_parts_is_for_desks(cast, client_of):
    assert client_of(cast.clara).get(reverse("design")).status_code == 200
    assert client_of(cast.ana).get(reverse("design")).status_code == 403
    assert client_of(None).get(reverse("design")).status_code == 302


def test_theme_and_language_are_kept_with_the_person(cast, client_of):
    browser = client_of(cast.ana)
    answer = browser.post(reverse("theme"), {"theme": "dark", "next": "/explore/"})
    assert answer.headers["Location"] == "/explore/"
    browser.post(reverse("language"), {"language": "pt", "next": "/"})
    cast.ana.refresh_from_db()
    assert (cast.ana.theme, cast.ana.language) == ("dark", "pt")


def test_theme_and_language_of_a_guest_lie_in_cookies(client_of, cast):
    browser = client_of(None)
    answer = browser.post(reverse("theme"), {"theme": "dark", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert browser.cookies["theme"].value == "dark"
    assert browser.post(reverse("theme"), {"theme": "pink"}).status_code == 400
    assert browser.post(reverse("language"), {"language": "xx"}).status_code == 400


def test_a_first_visit_stays_small():
    names = json.loads((BUILT / "assets.json").read_text())
    sizes = {n: (BUILT / f"{names[n]}.gz").stat().st_size for n in ("app.css", "app.js")}
    assert sizes["app.css"] <= 20 * 1024
    assert sizes["app.js"] <= 25 * 1024
    for name in names.values():
        if not name.endswith(".png"):
            assert (BUILT / f"{name}.br").exists()
