"""Saving while writing: versions, retries, and who a draft belongs to."""

import pytest
from django.urls import reverse

from sapwood.core.ids import uuid7
from sapwood.journal.models import JournalEntry
from sapwood.writing.models import Draft


def save(page, pk, text, base=0, **more):
    data = {"id": str(pk), "slot": "journal", "base": base, "text": text, "title": "", **more}
    return page.post(reverse("draft_save"), data)


def test_each_save_is_a_newer_revision(cast, client_of):
    page, pk = client_of(cast.ana), uuid7()
    assert save(page, pk, "One").json()["revision"] == 1
    answer = save(page, pk, "One two", base=1).json()
    assert answer["revision"] == 2
    assert len(answer["at"]) == 5
    assert Draft.objects.get().fields["text"] == "One two"


def test_the_same_save_twice_is_one(cast, client_of):
    page, pk = client_of(cast.ana), uuid7()
    save(page, pk, "One")
    assert save(page, pk, "One").json()["revision"] == 1


def test_an_older_window_gets_the_other_words(cast, client_of):
    page, pk = client_of(cast.ana), uuid7()
    save(page, pk, "One")
    save(page, pk, "One two", base=1)
    answer = save(page, pk, "One three", base=1)
    assert answer.status_code == 409
    assert answer.json()["revision"] == 2
    assert answer.json()["fields"]["text"] == "One two"
    assert Draft.objects.get().fields["text"] == "One two"


def test_a_window_left_open_after_keeping_does_not_make_a_new_draft(cast, client_of):
    page, pk = client_of(cast.ana), uuid7()
    save(page, pk, "One")
    page.post(reverse("journal_new"), {"id": str(pk), "base": 1, "text": "One", "as": "keep"})
    assert not Draft.objects.exists()
    assert save(page, pk, "One more", base=1).status_code == 409
    entry = JournalEntry.objects.get()
    assert save(page, pk, "One more", base=entry.revision).status_code == 200
    entry.refresh_from_db()
    assert entry.text == "One"


def test_a_draft_of_someone_else_does_not_exist(cast, client_of):
    pk = uuid7()
    save(client_of(cast.ana), pk, "Ana's own")
    answer = save(client_of(cast.nadia), pk, "Nadia")
    assert answer.status_code == 404
    assert "Ana" not in answer.content.decode()
    assert (
        client_of(cast.nadia).post(reverse("journal_draft_discard", args=[pk])).status_code == 404
    )


def test_signed_out_saves_nothing(db, cast, client_of):
    assert save(client_of(None), uuid7(), "Lost?").status_code == 302
    assert not Draft.objects.exists()


def test_what_cannot_be_read_is_refused(cast, client_of):
    answer = client_of(cast.ana).post(reverse("draft_save"), {"id": "x", "text": "?"})
    assert answer.status_code == 422


def test_the_journal_opens_with_what_was_left(cast, client_of):
    page, pk = client_of(cast.ana), uuid7()
    save(page, pk, "Half a sentence", title="Pump two", prompt="j04")
    html = page.get(reverse("journal")).content.decode()
    assert "Half a sentence" in html
    assert "Pump two" in html
    assert "Where did you get stuck today" in html
    assert f'value="{pk}"' in html


def test_an_edit_under_way_stays_private(cast, write, client_of):
    entry = write("Shown.", readers=[cast.bruno])
    page = client_of(cast.ana)
    save(page, entry.pk, "Shown. And a secret.", base=1, slot=f"entry-{entry.pk}")
    address = reverse("journal_entry", args=[entry.pk])
    assert "secret" not in client_of(cast.bruno).get(address).content.decode()
    assert "secret" not in page.get(address).content.decode()
    edit = reverse("journal_edit", args=[entry.pk])
    assert "secret" in page.get(edit).content.decode()


def test_any_box_can_be_kept(cast, write, client_of):
    entry = write(readers=[cast.bruno])
    page, pk = client_of(cast.bruno), uuid7()
    save(page, pk, "Half a reply", slot=f"reply-{entry.pk}")
    address = reverse("journal_entry", args=[entry.pk])
    assert "Half a reply" in page.get(address).content.decode()
    assert "Half a reply" not in page.get(reverse("journal")).content.decode()
    page.post(reverse("journal_reply", args=[entry.pk]), {"id": str(pk), "text": "A reply"})
    assert not Draft.objects.exists()


@pytest.mark.parametrize("length", [60_001, 100_000])
def test_a_long_draft_is_stored_whole(cast, client_of, length):
    page, pk, words = client_of(cast.ana), uuid7(), "ã" * length
    assert save(page, pk, words, title="t" * 300).status_code == 200
    assert Draft.objects.get().fields["text"] == words
    assert Draft.objects.get().fields["title"] == "t" * 300
    assert words in page.get(reverse("journal")).content.decode()
    sent = {"id": str(pk), "base": 1, "text": f"{words}.", "as": "draft"}  # without scripts
    assert page.post(reverse("journal_new"), sent).status_code == 302
    assert Draft.objects.get().fields["text"] == f"{words}."


def test_more_than_a_draft_holds_is_refused_whole(cast, client_of):
    page, pk, words = client_of(cast.ana), uuid7(), "a" * 2_000_000
    save(page, pk, "One")
    answer = save(page, pk, words, base=1)
    assert answer.status_code == 413
    assert "more than a draft can hold" in answer.json()["errors"]["text"][0]
    assert Draft.objects.get().fields["text"] == "One"
    sent = {"id": str(pk), "base": 1, "text": words, "as": "draft"}
    answer = page.post(reverse("journal_new"), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize(("length", "status"), [(60_000, 302), (60_001, 422), (100_000, 422)])
def test_only_keeping_has_a_limit_and_says_it_clearly(cast, client_of, length, status):
    page, pk = client_of(cast.ana), uuid7()
    save(page, pk, "a" * length)
    answer = page.post(reverse("journal_new"), {"id": str(pk), "base": 1, "text": "a" * length})
    assert answer.status_code == status
    assert JournalEntry.objects.exists() == (status == 302)
    if status == 422:
        html = answer.content.decode()
        said = f"An entry holds up to 60,000 characters and this has {length:,}."
        assert said in html
        assert "Ensure this value" not in html
        assert "a" * length in html
        assert Draft.objects.get().fields["text"] == "a" * length


def test_a_title_and_a_reply_too_long_say_so_in_our_words(cast, write, client_of):
    page, pk = client_of(cast.ana), uuid7()
    sent = {"id": str(pk), "base": 0, "text": "A", "title": "t" * 201}
    html = page.post(reverse("journal_new"), sent).content.decode()
    assert "A title has up to 200 characters and this has 201." in html
    address = reverse("journal_reply", args=[write(readers=[cast.bruno]).pk])
    answer = client_of(cast.bruno).post(address, {"id": str(uuid7()), "text": "r" * 4001})
    assert answer.status_code == 422
    assert "A reply holds up to 4000 characters and this has 4001." in answer.content.decode()


def test_a_draft_that_nobody_can_read_has_a_name_all_the_same(cast, client_of):
    page = client_of(cast.ana)
    save(page, uuid7(), "\u200b", title="\u200b")
    save(page, uuid7(), "Two\nlines", title="\u200b")
    assert [draft.name for draft in Draft.objects.of(cast.ana)] == ["Two", ""]
    html = page.get(reverse("journal_new")).content.decode()
    assert "Without words yet" in html
