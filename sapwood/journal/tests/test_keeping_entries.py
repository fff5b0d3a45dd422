"""Keeping, changing, deleting and bringing back; and what happens to the moment."""

import pytest
from django.urls import reverse
from django.utils import timezone

from sapwood.core.ids import uuid7
from sapwood.journal import keeping
from sapwood.journal.models import JournalEntry, Reply
from sapwood.journal.prompts import PROMPTS
from sapwood.journal.undoing import pack, put_back, rows_of
from sapwood.ledger.models import Moment, Visibility
from sapwood.ledger.recording import record
from sapwood.writing.drafting import Conflict, NotYours
from sapwood.writing.models import Draft

LONG = "A very long first sentence that goes on about the pump and the night and the list " * 3


def form(**more):
    return {"id": str(uuid7()), "base": "0", "text": "The list was the receipt.", **more}


def test_keeping_makes_one_moment(cast, write):
    entry = write(title="Handover", prompt=PROMPTS["j01"])
    moment = Moment.objects.get(person=cast.ana)
    assert (moment.way, moment.ring, moment.reflected) == ("journal_reflection", 3, True)
    assert (moment.title, moment.source_type, moment.source_id) == ("Handover", "journal", entry.pk)
    assert moment.visibility == Visibility.PRIVATE
    assert entry.prompt == PROMPTS["j01"].text
    assert entry.model == "w3.what"


def test_keeping_twice_makes_one_moment(cast):
    pk, now = uuid7(), timezone.now()
    for _ in range(2):
        keeping.keep(cast.ana, pk, text="Once.", now=now)
    assert JournalEntry.objects.count() == Moment.objects.count() == 1


def test_the_moment_is_named_by_the_first_line(cast, write):
    write("\n\nTwelve lines, all correct.\nThen he spoke.")
    assert Moment.objects.get().title == "Twelve lines, all correct."
    title = write(LONG).name
    assert len(title) <= 80
    assert title.endswith("…")


def test_changing_an_entry_renames_its_moment(cast, write, client_of):
    entry = write("First words.")
    page = client_of(cast.ana)
    answer = page.post(
        reverse("journal_edit", args=[entry.pk]),
        form(id=str(entry.pk), base=str(entry.revision), text="Better words."),
    )
    assert answer.status_code == 302
    assert Moment.objects.get().title == "Better words."
    assert answer.cookies["kept"].value == str(entry.pk)


def test_a_deleted_moment_does_not_come_back_with_a_change(cast, write):
    entry = write("First words.")
    Moment.objects.all().delete()
    keeping.keep(cast.ana, entry.pk, text="Other.", now=timezone.now(), base=entry.revision)
    assert not Moment.objects.exists()


def test_writing_about_a_moment_marks_it_and_adds_none(cast, client_of):
    moment = record(cast.ana, way="classroom_course", title="First aid")
    page = client_of(cast.ana)
    address = f"{reverse('journal_new')}?moment={moment.uid}"
    html = page.get(address).content.decode()
    assert "First aid" in html
    page.post(reverse("journal_new"), form(about=str(moment.uid)))
    moment.refresh_from_db()
    assert moment.reflected
    assert Moment.objects.count() == 1
    entry = JournalEntry.objects.get()
    keeping.delete(entry)
    moment.refresh_from_db()
    assert not moment.reflected


def test_nobody_writes_about_somebody_elses_moment(cast, client_of):
    moment = record(cast.bruno, way="classroom_course", title="Bruno only")
    page = client_of(cast.ana)
    html = page.get(f"{reverse('journal_new')}?moment={moment.uid}").content.decode()
    assert "Bruno only" not in html
    page.post(reverse("journal_new"), form(about=str(moment.uid)))
    assert JournalEntry.objects.get().about is None


def test_an_older_window_does_not_write_over_newer_words(cast, write):
    entry = write("First.")
    keeping.keep(cast.ana, entry.pk, text="Second.", now=timezone.now(), base=entry.revision)
    with pytest.raises(Conflict) as clash:
        keeping.keep(cast.ana, entry.pk, text="Late.", now=timezone.now(), base=entry.revision)
    assert clash.value.standing.fields["text"] == "Second."


def test_the_clash_page_shows_both(cast, write, client_of):
    entry = write("First.")
    keeping.keep(cast.ana, entry.pk, text="Second window.", now=timezone.now(), base=1)
    page = client_of(cast.ana)
    address = reverse("journal_edit", args=[entry.pk])
    answer = page.post(address, form(id=str(entry.pk), base="1", text="Late window."))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Late window." in html
    assert "Second window." in html
    again = page.post(address, form(id=str(entry.pk), base="2", text="Late window."))
    assert again.status_code == 302


def test_an_id_of_someone_else_does_not_exist(cast, write, client_of):
    entry = write(by=cast.bruno)
    with pytest.raises(NotYours):
        keeping.keep(cast.ana, entry.pk, text="Mine?", now=timezone.now(), base=1)
    page = client_of(cast.ana)
    assert page.post(reverse("journal_new"), form(id=str(entry.pk))).status_code == 404


def test_an_empty_page_says_what_is_missing(cast, client_of):
    answer = client_of(cast.ana).post(reverse("journal_new"), form(text=" "))
    assert answer.status_code == 422
    assert "Write a sentence first" in answer.content.decode()
    assert not JournalEntry.objects.exists()


def test_today_keeps_and_goes_back_to_today(cast, client_of):
    answer = client_of(cast.ana).post(
        reverse("journal_new"), form(id="", back="today", prompt="j05", text="One sentence.")
    )
    assert answer.headers["Location"] == reverse("today")
    assert JournalEntry.objects.get().prompt_id == "j05"


def test_saving_a_draft_without_scripts(cast, client_of):
    page = client_of(cast.ana)
    assert page.post(reverse("journal_new"), form(**{"as": "draft"})).status_code == 302
    assert not JournalEntry.objects.exists()
    assert "The list was the receipt." in page.get(reverse("journal")).content.decode()


def test_delete_takes_the_moment_and_undo_brings_all_back(cast, write, client_of):
    entry = write(title="Handover", readers=[cast.bruno])
    Reply.objects.create(entry=entry, author=cast.bruno, text="Good question.")
    page = client_of(cast.ana)
    html = page.post(reverse("journal_delete", args=[entry.pk])).content.decode()
    assert not JournalEntry.objects.exists()
    assert not Moment.objects.exists()
    assert not Reply.objects.exists()
    payload = html.split('name="payload" value="')[1].split('"')[0]
    assert page.post(reverse("journal_undo"), {"payload": payload}).status_code == 302
    back = JournalEntry.objects.get()
    assert (back.pk, back.title, back.is_shared) == (entry.pk, "Handover", True)
    assert list(back.readers.all()) == [cast.bruno]
    assert Reply.objects.get().text == "Good question."
    assert Moment.objects.get().shares.get().person == cast.bruno


def test_undo_is_for_who_deleted_and_only_once(cast, write, client_of):
    entry = write()
    payload = pack(cast.ana, rows_of(entry))
    keeping.delete(entry)
    client_of(cast.bruno).post(reverse("journal_undo"), {"payload": payload})
    client_of(cast.ana).post(reverse("journal_undo"), {"payload": payload + "x"})
    assert not JournalEntry.objects.exists()
    assert put_back(cast.ana, payload)
    assert put_back(cast.ana, payload) == []


def test_undo_leaves_out_readers_who_are_gone(cast, write):
    entry = write(readers=[cast.bruno, cast.dinis])
    payload = pack(cast.ana, rows_of(entry))
    keeping.delete(entry)
    cast.dinis.delete()
    put_back(cast.ana, payload)
    assert list(JournalEntry.objects.get().readers.all()) == [cast.bruno]


def test_throwing_a_draft_away_can_be_undone(cast, client_of):
    page = client_of(cast.ana)
    page.post(reverse("journal_new"), form(**{"as": "draft"}))
    draft = Draft.objects.get()
    html = page.post(reverse("journal_draft_discard", args=[draft.pk])).content.decode()
    assert not Draft.objects.exists()
    payload = html.split('name="payload" value="')[1].split('"')[0]
    page.post(reverse("journal_undo"), {"payload": payload})
    assert Draft.objects.get().fields["text"] == "The list was the receipt."


def test_words_that_nobody_can_see_are_no_words(cast, write, client_of):
    page, unseen = client_of(cast.ana), "\u200b \u2060"
    answer = page.post(reverse("journal_new"), form(text=unseen))
    assert answer.status_code == 422
    assert "Write a sentence first." in answer.content.decode()
    assert not JournalEntry.objects.exists()
    page.post(reverse("journal_new"), form(title=unseen))
    entry = JournalEntry.objects.get()
    assert entry.name == "The list was the receipt."
    shown = write(readers=[cast.bruno])
    address = reverse("journal_reply", args=[shown.pk])
    answer = client_of(cast.bruno).post(address, {"id": str(uuid7()), "text": unseen})
    assert answer.status_code == 422
    assert not Reply.objects.exists()
