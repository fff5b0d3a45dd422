"""A moment that is deleted and brought back has the entries about it again."""

import pytest
from django.urls import reverse

from sapwood.journal import keeping
from sapwood.journal.models import JournalEntry
from sapwood.journal.undoing import pack, put_back, rows_of
from sapwood.ledger.erasing import erase, restore
from sapwood.ledger.models import Moment
from sapwood.ledger.recording import record


@pytest.fixture
def moment(cast):
    return record(cast.ana, way="mooc", title="Pumps by ear")


def test_undo_of_a_moment_ties_its_entries_again(cast, write, client_of, moment):
    entry = write(about=moment)
    back = restore(cast.ana, erase(Moment.objects.get()))
    entry.refresh_from_db()
    assert (entry.about, back.cursor, back.reflected) == (back, moment.cursor, True)
    page = client_of(cast.ana)
    html = page.get(reverse("journal_entry", args=[entry.pk])).content.decode()
    assert "In your rings:" in html
    page.post(reverse("journal_delete", args=[entry.pk]))
    assert not Moment.objects.get().reflected


def test_an_entry_deleted_meanwhile_leaves_the_moment_unwritten(cast, write, moment):
    entry = write(about=moment)
    payload = erase(Moment.objects.get())
    keeping.delete(JournalEntry.objects.get(pk=entry.pk))
    assert not restore(cast.ana, payload).reflected
    assert not Moment.objects.get().reflected


def test_an_entry_comes_back_though_its_moment_is_gone(cast, write, moment):
    entry = write(about=moment)
    payload = pack(cast.ana, rows_of(entry))
    keeping.delete(entry)
    erase(Moment.objects.get())
    assert put_back(cast.ana, payload)
    assert JournalEntry.objects.get().about is None


def test_a_draft_begun_meanwhile_does_not_keep_the_moment_away(cast, write):
    entry = write()
    pk = entry.pk
    payload = pack(cast.ana, rows_of(entry))
    keeping.delete(entry)
    cast.ana.drafts.create(pk=pk, fields={"text": "New"}, saved_at=cast.ana.now())
    put_back(cast.ana, payload)
    assert Moment.objects.get().source_id == pk
    assert cast.ana.drafts.get().fields == {"text": "New"}
