"""Two people, or two tabs, changing one activity: nobody's words are written over unseen."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from sapwood.activities.models import Activity

pytestmark = pytest.mark.django_db
FORM = {"title": "Calm", "language": "en", "audience": "everyone", "body": "<p>Text</p>"}


@pytest.fixture
def shared(cast: SimpleNamespace, client_of: Callable[[object], Client]) -> Activity:
    ana = client_of(cast.ana)
    ana.post(reverse("activity_new", args=["resource"]), {**FORM, "then": "publish"})
    return Activity.objects.get()


def seen_by(browser: Client, address: str) -> str:
    """The digest in the form that this browser opens now."""
    return _seen(browser.get(address).content.decode())


def _seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def test_the_second_to_save_sees_what_stands_and_keeps_their_words(cast, shared, client_of):
    ana, clara = client_of(cast.ana), client_of(cast.clara)
    edit = reverse("activity_edit", args=[shared.pk])
    hers, stewards = seen_by(ana, edit), seen_by(clara, edit)
    first = {**FORM, "body": "<p>The words of Ana</p>", "seen": hers}
    assert ana.post(edit, first).status_code == 302
    second = {**FORM, "body": "<p>The words of Clara</p>", "seen": stewards}
    answer = clara.post(edit, second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The words of Ana" in page
    assert page.count("The words of Clara") >= 2  # beside what stands, and in the form
    shared.resource.refresh_from_db()
    assert "Ana" in shared.resource.body
    assert clara.post(edit, {**second, "seen": _seen(page)}).status_code == 302
    shared.resource.refresh_from_db()
    assert "Clara" in shared.resource.body


def test_a_third_save_between_is_shown_too(cast, shared, client_of):
    ana, clara = client_of(cast.ana), client_of(cast.clara)
    edit = reverse("activity_edit", args=[shared.pk])
    old = seen_by(clara, edit)
    ana.post(edit, {**FORM, "title": "One"})
    page = clara.post(edit, {**FORM, "title": "Mine", "seen": old}).content.decode()
    ana.post(edit, {**FORM, "title": "Two"})
    again = clara.post(edit, {**FORM, "title": "Mine", "seen": _seen(page)})
    assert again.status_code == 409
    assert "Two" in again.content.decode()


def test_a_mistake_does_not_hide_what_others_kept(cast, shared, client_of):
    ana, clara = client_of(cast.ana), client_of(cast.clara)
    edit = reverse("activity_edit", args=[shared.pk])
    old = seen_by(clara, edit)
    ana.post(edit, {**FORM, "title": "Hers"})
    wrong = clara.post(edit, {**FORM, "title": "", "seen": old})
    assert wrong.status_code == 422
    mended = {**FORM, "title": "Mine", "seen": _seen(wrong.content.decode())}
    assert clara.post(edit, mended).status_code == 409


def test_the_same_words_twice_are_no_conflict(cast, shared, client_of):
    ana = client_of(cast.ana)
    edit = reverse("activity_edit", args=[shared.pk])
    given = {**FORM, "title": "Calmer", "seen": seen_by(ana, edit), "way": "job_aid"}
    assert ana.post(edit, given).status_code == 302
    assert ana.post(edit, given).status_code == 302
