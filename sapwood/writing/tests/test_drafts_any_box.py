"""Drafts of any box: names of boxes, what was begun, sending, throwing away, and whose they are."""

import pytest
from django.urls import reverse

from sapwood.core.ids import uuid7
from sapwood.core.keeping import COOKIE
from sapwood.core.policies import export_rows
from sapwood.writing.drafting import Kept, Standing, begun, keeps_words, posted
from sapwood.writing.forms import ComposerForm
from sapwood.writing.models import Draft

THREAD = "thread-01a20bb3-1be0-748d-9171-7151beb6af9e"


def save(page, pk, text, base=0, slot=THREAD, **more):
    sent = {"id": str(pk), "slot": slot, "base": base, "text": text, **more}
    return page.post(reverse("draft_save"), sent)


@pytest.mark.parametrize(
    "slot", [THREAD, "space-01a20bb3-1be0-748d-9171-71522fa24b2c", "A1", "x" * 60]
)
def test_any_box_with_a_plain_name_keeps_its_words(cast, client_of, slot):
    assert save(client_of(cast.ana), uuid7(), "Half", slot=slot).status_code == 200
    assert begun(cast.ana, slot).fields == {"text": "Half"}


@pytest.mark.parametrize("slot", ["", "x" * 61, "a b", "a_b", "a/b", "é", "a\nb", "thread-\n"])
def test_other_names_are_refused(cast, client_of, slot):
    assert save(client_of(cast.ana), uuid7(), "Half", slot=slot).status_code == 422
    assert not Draft.objects.exists()


def test_a_composer_opens_as_it_was_left(cast, client_of):
    clean = ComposerForm.opened(cast.ana, THREAD, base=0)
    assert clean.draft is None
    assert clean["id"].value()
    page, pk = client_of(cast.ana), uuid7()
    save(page, pk, "One")
    save(page, pk, "One two", base=1)
    form = ComposerForm.opened(cast.ana, THREAD)
    assert (form["id"].value(), form["base"].value()) == (str(pk), 2)
    assert form.initial["text"] == "One two"
    assert form["id"].id_for_label == f"{THREAD}-id"
    assert ComposerForm.opened(cast.dinis, THREAD).draft is None
    assert ComposerForm.opened(cast.ana, "thread-other").draft is None


def test_what_was_posted_leaves_other_drafts_of_the_box(cast, client_of):
    page, sent, other = client_of(cast.ana), uuid7(), uuid7()
    save(page, other, "Begun on the phone")
    save(page, sent, "Sent from the desk")
    posted(cast.dinis, sent)  # not theirs: nothing happens
    assert Draft.objects.count() == 2
    posted(cast.ana, sent)
    assert begun(cast.ana, THREAD).pk == other


def test_a_window_left_open_hears_that_its_draft_is_gone(cast, client_of):
    page, pk = client_of(cast.ana), uuid7()
    save(page, pk, "One")
    posted(cast.ana, pk)
    answer = save(page, pk, "One more", base=1)
    assert answer.status_code == 409
    assert answer.json()["gone"] is True
    assert not Draft.objects.exists()


@pytest.fixture
def sent_message(cast):
    """An app above that keeps one message of Ana's for good."""
    pk = uuid7()
    held = Kept(cast.ana.pk, Standing(1, {"text": "Said"}, is_sent=True))
    keeps_words("planted", lambda asked: held if asked == pk else None)
    yield pk
    keeps_words("planted", lambda asked: None)


def test_nothing_grows_from_what_was_sent(cast, client_of, sent_message):
    for base in (0, 1, 2):
        answer = save(client_of(cast.ana), sent_message, "Said, and more", base=base)
        assert answer.status_code == 409
        assert answer.json()["gone"] is True
        assert answer.json()["fields"] == {"text": "Said"}
    answer = save(client_of(cast.dinis), sent_message, "Mine")
    assert answer.status_code == 404
    assert "Said" not in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_clash_of_two_windows_is_not_gone(cast, client_of):
    page, pk = client_of(cast.ana), uuid7()
    save(page, pk, "One")
    assert save(page, pk, "Two").json()["gone"] is False


def throw(page, pk, **more):
    return page.post(reverse("draft_discard", args=[pk]), **more)


def test_throwing_away_leads_back_and_clears_the_browser(cast, client_of):
    page, pk = client_of(cast.ana), uuid7()
    save(page, pk, "Half")
    there = f"http://testserver{reverse('journal')}"
    answer = throw(page, pk, headers={"referer": there})
    assert answer.status_code == 302
    assert answer.headers["Location"] == there
    assert answer.cookies[COOKIE].value == str(pk)
    assert not Draft.objects.exists()
    assert "The draft is gone." in page.get(reverse("journal")).content.decode()
    assert throw(page, pk).status_code == 404


def test_a_script_that_throws_away_gets_no_page(cast, client_of):
    page, pk = client_of(cast.ana), uuid7()
    save(page, pk, "Half")
    answer = throw(page, pk, headers={"hx-request": "true"})
    assert answer.status_code == 204
    assert answer.cookies[COOKIE].value == str(pk)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_throwing_away_never_leads_elsewhere(cast, client_of, there):
    page = client_of(cast.ana)
    for sent in ({"data": {"next": there}}, {"headers": {"referer": there}}):
        pk = uuid7()
        save(page, pk, "Half")
        assert throw(page, pk, **sent).headers["Location"] == "/"


@pytest.mark.parametrize("who", ["bruno", "clara", "dinis", "nadia"])
def test_nobody_else_reads_keeps_or_throws_it_away(cast, client_of, who):
    pk, other = uuid7(), getattr(cast, who)
    save(client_of(cast.ana), pk, "Zebrafinch")
    page = client_of(other)
    for answer in (save(page, pk, "x"), save(page, pk, "x", base=1), throw(page, pk)):
        assert answer.status_code == 404
        assert "Zebrafinch" not in answer.content.decode()
    assert begun(other, THREAD) is None
    assert Draft.objects.get().fields["text"] == "Zebrafinch"
    assert "Zebrafinch" in str(export_rows(cast.ana)["writing.draft"])
    assert "Zebrafinch" not in str(export_rows(other))


def test_signed_out_throws_nothing_away(cast, client_of):
    pk = uuid7()
    save(client_of(cast.ana), pk, "Half")
    assert throw(client_of(None), pk).status_code == 302
    assert Draft.objects.exists()
