"""Saving while writing: versions, retries, and who a draft belongs to."""

from django.urls import reverse

from sapwood.core.ids import uuid7
from sapwood.journal.models import Draft, JournalEntry


def save(page, pk, text, base=0, **more):
    data = {"id": str(pk), "slot": "journal", "base": base, "text": text, "title": "", **more}
    return page.post(reverse("journal_draft"), data)


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
    assert client_of(cast.nadia).post(reverse("journal_discard", args=[pk])).status_code == 404


def test_signed_out_saves_nothing(db, cast, client_of):
    assert save(client_of(None), uuid7(), "Lost?").status_code == 302
    assert not Draft.objects.exists()


def test_what_cannot_be_read_is_refused(cast, client_of):
    answer = client_of(cast.ana).post(reverse("journal_draft"), {"id": "x", "text": "?"})
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
