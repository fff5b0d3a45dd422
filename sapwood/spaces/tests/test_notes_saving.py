"""Keeping a note: versions grow, others' changes stay, what clashes is kept beside."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from sapwood.core import announcing
from sapwood.core.announcing import announce, hearers
from sapwood.media.markup import plain
from sapwood.people.erasure import erase_person
from sapwood.people.models import Person
from sapwood.spaces.models import Note
from sapwood.spaces.notes.blocks import cut
from sapwood.spaces.notes.saving import (
    Clashing,
    Kept,
    NotWritable,
    Words,
    begin,
    keep,
    put_away,
    put_back,
    settle,
)

HTML = "<h2>Sounds</h2><p>Ticking</p><p>Hiss</p><p>Roar</p>"


@pytest.fixture
def note(cast, make_space, now):
    space = make_space("open", cast.bruno, cast.dinis)
    return begin(space, Words("Ten sounds", HTML), by=cast.ana, now=now, pk=uuid4())


def save(note, person, old, new, *, base=1, title="Ten sounds", html=HTML):
    words = Words(title, html.replace(old, new))
    return keep(note, words, base=base, by=person, now=person.now())


def history(note):
    return [
        (version.number, version.by.first_name, version.is_beside)
        for version in note.versions.select_related("by")
    ]


def test_the_first_version_stands_and_is_found_by_its_words(note, cast):
    assert history(note) == [(1, "Ana", False)]
    assert (note.version, note.changed_by, note.made_by) == (1, cast.ana, cast.ana)
    assert Note.objects.matching("TEN ticking").get() == note
    assert not Note.objects.matching("ten knocks")


def test_the_same_form_sent_twice_is_one_note_and_one_version(note, cast, now):
    again = begin(note.space, Words("Ten sounds", HTML), by=cast.ana, now=now, pk=note.pk)
    assert again == note
    for _twice in range(2):
        save(note, cast.bruno, "Hiss", "Hiss, low")
    note.refresh_from_db()
    assert history(note) == [(2, "Bruno", False), (1, "Ana", False)]
    assert note.version == 2


def test_changes_in_other_blocks_go_in_together(note, cast):
    save(note, cast.ana, "Ticking", "Ticking, once a second")
    kept = save(note, cast.bruno, "Roar", "Roar of a pump", title="Eleven sounds")
    note.refresh_from_db()
    assert kept.was_merged
    assert plain(note.html) == "Sounds Ticking, once a second Hiss Roar of a pump"
    assert (note.title, note.changed_by) == ("Eleven sounds", cast.bruno)


def test_the_same_block_changed_by_both_keeps_both_and_asks(note, cast):
    save(note, cast.ana, "Hiss", "Hiss that rises")
    clashing = save(note, cast.bruno, "Hiss", "Hiss that falls")
    assert isinstance(clashing, Clashing)
    assert [clash.line for clash in clashing.merging.clashes] == [3]
    note.refresh_from_db()
    assert "Hiss that rises" in note.html
    assert history(note) == [(3, "Bruno", True), (2, "Ana", False), (1, "Ana", False)]
    assert "Hiss that falls" in note.versions.get(number=3).html
    assert save(note, cast.bruno, "Hiss", "Hiss that falls").mine.number == 3


def test_what_was_chosen_is_a_version_and_all_three_are_in_the_history(note, cast, now):
    save(note, cast.ana, "Hiss", "Hiss that rises")
    clashing = save(note, cast.bruno, "Hiss", "Hiss that falls")
    words = clashing.settled("", lambda _n, clash: cut(clash.both))
    kept = settle(note, clashing, words, by=cast.bruno, now=now)
    assert isinstance(kept, Kept)
    note.refresh_from_db()
    assert note.version == kept.version.number == 4
    assert {"rises", "falls"} <= set(plain(note.html).split())
    assert len(history(note)) == 4


def test_a_choice_can_clash_again_with_what_was_kept_meanwhile(note, cast, now):
    save(note, cast.ana, "Hiss", "Hiss that rises")
    clashing = save(note, cast.bruno, "Hiss", "Hiss that falls")
    meanwhile = "Hiss that rises and stays"
    save(note, cast.dinis, "Hiss", meanwhile, base=2)
    words = clashing.settled("", lambda _n, clash: clash.mine)
    again = settle(note, clashing, words, by=cast.bruno, now=now)
    assert isinstance(again, Clashing)
    assert again.theirs.by == cast.dinis
    assert "falls" in again.mine.html
    note.refresh_from_db()
    assert meanwhile in note.html


def test_titles_clash_too(note, cast):
    save(note, cast.ana, "", "", title="Eleven sounds")
    clashing = save(note, cast.bruno, "", "", title="Twelve sounds")
    assert isinstance(clashing, Clashing)
    assert clashing.title is None
    assert clashing.settled("Dozens", lambda _n, clash: clash.mine).title == "Dozens"


def test_a_number_nobody_gave_overwrites_nothing(note, cast):
    save(note, cast.ana, "Hiss", "Hiss that rises")
    assert isinstance(save(note, cast.bruno, "Hiss", "Hiss that falls", base=99), Clashing)


def test_an_earlier_version_put_back_is_the_newest(note, cast, now):
    save(note, cast.ana, "Hiss", "gone")
    first = note.versions.get(number=1)
    kept = put_back(note, first, by=cast.bruno, now=now, summary="Back to 5 October")
    note.refresh_from_db()
    assert (kept.version.number, note.html, note.version) == (3, HTML, 3)
    assert not put_back(note, first, by=cast.bruno, now=now, summary="").is_new


def test_who_may_not_write_there_stores_nothing(note, cast, now):
    with pytest.raises(NotWritable):
        save(note, cast.clara, "Hiss", "x")
    note.space.archived_at = now
    note.space.save()
    with pytest.raises(NotWritable):
        save(note, cast.bruno, "Hiss", "x")
    with pytest.raises(NotWritable):
        begin(note.space, Words("New", ""), by=cast.ana, now=now, pk=uuid4())
    assert len(history(note)) == 1


def test_a_note_put_away_is_not_changed_until_it_is_back(note, cast, now):
    put_away(note, by=cast.bruno, now=now)
    assert not Note.objects.standing()
    with pytest.raises(NotWritable):
        save(note, cast.ana, "Hiss", "x")
    put_away(note, by=cast.bruno, now=None)
    assert save(note, cast.ana, "Hiss", "x").is_new


def test_every_change_is_announced(note, cast, monkeypatch):
    hearers()
    heard = []
    monkeypatch.setitem(announcing._hearers, "note_changed", {"test": heard.append})
    announce("note_changed", note.pk)
    save(note, cast.ana, "Hiss", "one")
    save(note, cast.bruno, "Hiss", "two")
    assert heard == [note.pk] * 2


def test_the_name_goes_with_the_account_and_the_note_stays(note, cast):
    save(note, cast.ana, "Hiss", "Hiss that rises")
    save(note, cast.bruno, "Roar", "Roar!", base=2)
    for person in (cast.bruno, cast.ana):
        erase_person(Person.objects.get(pk=person.pk))
    note = Note.objects.get(pk=note.pk)
    assert (note.made_by, note.changed_by) == (None, None)
    assert set(note.versions.values_list("by", flat=True)) == {None}
    assert "Roar!" in note.html


def test_a_number_is_given_once(note, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        note.versions.create(number=1, title="x", by=cast.ana)


def test_people_in_other_groups_see_nothing(note, cast, make_space, now):
    closed = make_space("closed", name="Closed")
    hidden = begin(closed, Words("Plans", ""), by=cast.ana, now=now, pk=uuid4())
    assert set(Note.objects.visible_to(cast.clara)) == {note}
    assert set(Note.objects.visible_to(cast.ana)) == {note, hidden}


def at_once(note, texts, base=1):
    """Each (person, html) kept by a thread of its own, all at the same moment."""
    start = threading.Barrier(len(texts))

    def write(person, html):
        start.wait()
        try:
            while True:
                try:
                    words = Words(note.title, html)
                    return keep(note, words, base=base, by=person, now=person.now())
                except OperationalError:  # SQLite in memory cannot wait for another thread
                    continue
        finally:
            connection.close()

    with ThreadPoolExecutor(len(texts)) as pool:
        return list(pool.map(write, *zip(*texts, strict=True)))


@pytest.mark.django_db(transaction=True)
def test_ten_people_at_once_lose_nothing(cast, make_space):
    people = [Person.objects.create_user(f"p{n}@ardal.example", name=f"P{n} Sá") for n in range(10)]
    space = make_space("open", *people)
    html = "".join(f"<p>line {n}</p>" for n in range(10))
    note = begin(space, Words("Lines", html), by=cast.ana, now=cast.ana.now(), pk=uuid4())
    texts = [
        (person, html.replace(f"line {n}<", f"line {n} by {n}<")) for n, person in enumerate(people)
    ]
    assert [type(each) for each in at_once(note, texts)] == [Kept] * 10
    note.refresh_from_db()
    assert note.html == "".join(f"<p>line {n} by {n}</p>" for n in range(10))
    assert sorted(note.versions.values_list("number", flat=True)) == list(range(1, 12))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_one_line_at_once_one_stands_and_one_is_asked(cast, make_space):
    space = make_space("open", cast.bruno)
    note = begin(space, Words("A", "<p>one</p>"), by=cast.ana, now=cast.ana.now(), pk=uuid4())
    texts = [(person, f"<p>one from {person.first_name}</p>") for person in (cast.ana, cast.bruno)]
    assert {type(each) for each in at_once(note, texts)} == {Kept, Clashing}
    kept = set(note.versions.values_list("html", flat=True))
    assert kept == {"<p>one</p>", "<p>one from Ana</p>", "<p>one from Bruno</p>"}
