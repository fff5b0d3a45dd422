"""Showing an entry to people by name, taking it back, and replies."""

import pytest
from django.urls import reverse

from sapwood.core.ids import uuid7
from sapwood.journal.models import EntryShare, JournalEntry, Reply
from sapwood.journal.sharing import share, take_back
from sapwood.journal.tests.conftest import WORDS
from sapwood.ledger.models import Moment
from sapwood.ledger.recording import record
from sapwood.people.models import AuditEvent


def address(entry, name="journal_entry"):
    return reverse(name, args=[entry.pk])


def test_only_the_people_picked_can_read(cast, write, client_of):
    entry = write(readers=[cast.bruno])
    assert WORDS in client_of(cast.bruno).get(address(entry)).content.decode()
    for other in (cast.clara, cast.dinis, cast.nadia):
        assert client_of(other).get(address(entry)).status_code == 404
    assert client_of(None).get(address(entry)).status_code == 302


def test_keeping_and_sharing_in_one_step(cast, client_of):
    page = client_of(cast.ana)
    data = {"id": str(uuid7()), "text": WORDS, "visibility": "people", "people": [cast.bruno.pk]}
    assert page.post(reverse("journal_new"), data).status_code == 302
    entry = JournalEntry.objects.get()
    assert list(entry.readers.all()) == [cast.bruno]
    moment = Moment.objects.get()
    assert moment.is_shared
    assert list(moment.shared_with.all()) == [cast.bruno]


def test_people_without_anyone_picked_is_asked_again(cast, client_of):
    data = {"id": str(uuid7()), "text": WORDS, "visibility": "people"}
    answer = client_of(cast.ana).post(reverse("journal_new"), data)
    assert answer.status_code == 422
    assert "Pick at least one person" in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert not JournalEntry.objects.exists()


def test_finding_colleagues_without_scripts_keeps_what_was_typed(cast, client_of):
    data = {"id": str(uuid7()), "text": WORDS, "title": "T", "as": "find", "find": "bru",
            "people": [str(cast.dinis.pk)], "visibility": "people"}  # fmt: skip
    html = client_of(cast.ana).post(reverse("journal_new"), data).content.decode()
    assert WORDS in html
    assert "Bruno Sá" in html
    assert "checked" in html.split(f'value="{cast.dinis.pk}"')[1].split(">")[0]


def test_taking_back_is_at_once_and_for_that_person(cast, write, client_of):
    entry = write(readers=[cast.bruno, cast.dinis])
    Reply.objects.create(entry=entry, author=cast.bruno, text="Well seen.")
    page = client_of(cast.ana)
    page.post(address(entry, "journal_take_back"), {"person": str(cast.bruno.pk)})
    assert client_of(cast.bruno).get(address(entry)).status_code == 404
    assert WORDS in client_of(cast.dinis).get(address(entry)).content.decode()
    assert not Reply.objects.visible_to(cast.bruno).exists()
    assert "Well seen." in page.get(address(entry)).content.decode()
    page.post(address(entry, "journal_take_back"))
    entry.refresh_from_db()
    assert not entry.is_shared
    assert client_of(cast.dinis).get(address(entry)).status_code == 404
    assert not Moment.objects.get().is_shared
    assert not Moment.objects.get().shares.exists()


def test_taking_back_from_nobody_known_is_not_found(cast, write, client_of):
    entry = write(readers=[cast.bruno])
    for person in ("x", str(cast.dinis.pk)):
        answer = client_of(cast.ana).post(address(entry, "journal_take_back"), {"person": person})
        assert answer.status_code == 404


def test_sharing_an_entry_about_a_moment_leaves_the_moment_private(cast, write):
    moment = record(cast.ana, way="classroom_course", title="Something of my own")
    write(about=moment, readers=[cast.bruno])
    moment.refresh_from_db()
    assert not moment.is_shared


def test_adding_a_reader_later(cast, write, client_of):
    entry = write(readers=[cast.bruno])
    page = client_of(cast.ana)
    page.post(address(entry, "journal_share"), {"people": [cast.dinis.pk, cast.bruno.pk]})
    assert set(entry.readers.all()) == {cast.bruno, cast.dinis}
    empty = page.post(address(entry, "journal_share"), {"people": ["nobody"]})
    assert empty.status_code == 422
    found = page.post(address(entry, "journal_share"), {"as": "find", "find": "clara"})
    assert "Clara Sá" in found.content.decode()


def test_readers_cannot_change_share_or_delete(cast, write, client_of):
    entry = write(readers=[cast.bruno])
    page = client_of(cast.bruno)
    for name in ("journal_edit", "journal_delete", "journal_share", "journal_take_back"):
        assert page.post(address(entry, name), {"text": "x"}).status_code == 403, name
    assert JournalEntry.objects.get().text == WORDS


def test_replies_are_between_two(cast, write, client_of):
    entry = write(readers=[cast.bruno, cast.dinis])
    page, pk = client_of(cast.bruno), str(uuid7())
    for _ in range(2):
        page.post(address(entry, "journal_reply"), {"id": pk, "text": "Ask what he heard."})
    assert Reply.objects.count() == 1
    assert "Ask what he heard." in client_of(cast.ana).get(address(entry)).content.decode()
    assert "Ask what he heard." in page.get(address(entry)).content.decode()
    assert "Ask what he heard." not in client_of(cast.dinis).get(address(entry)).content.decode()


def test_a_reply_can_be_deleted_and_brought_back_by_its_author(cast, write, client_of):
    entry = write(readers=[cast.bruno])
    reply = Reply.objects.create(entry=entry, author=cast.bruno, text="Ask him.")
    delete = reverse("journal_reply_delete", args=[reply.pk])
    assert client_of(cast.ana).post(delete).status_code == 403
    assert client_of(cast.dinis).post(delete).status_code == 404
    page = client_of(cast.bruno)
    html = page.post(delete).content.decode()
    assert not Reply.objects.exists()
    payload = html.split('name="payload" value="')[1].split('"')[0]
    page.post(reverse("journal_undo"), {"payload": payload})
    assert Reply.objects.get().text == "Ask him."
    html = page.post(delete).content.decode()
    take_back(entry)
    payload = html.split('name="payload" value="')[1].split('"')[0]
    html = page.post(reverse("journal_undo"), {"payload": payload}, follow=True).content.decode()
    assert not Reply.objects.exists()
    assert "It could not come back" in html
    assert "It is back" not in html


@pytest.mark.parametrize("who", ["ana", "dinis"])
def test_only_readers_reply(cast, write, client_of, who):
    entry = write(readers=[cast.bruno])
    data = {"id": str(uuid7()), "text": "Hello"}
    answer = client_of(getattr(cast, who)).post(address(entry, "journal_reply"), data)
    assert answer.status_code == (403 if who == "ana" else 404)
    empty = client_of(cast.bruno).post(address(entry, "journal_reply"), data | {"text": ""})
    assert empty.status_code == 422


def test_one_does_not_share_with_oneself(cast, write):
    entry = write()
    share(entry, with_people=[cast.ana])
    assert not EntryShare.objects.exists()
    assert not entry.is_shared


def test_sharing_writes_no_audit_of_the_words(cast, write):
    write(readers=[cast.bruno])
    assert not AuditEvent.objects.exists()
