"""The pages of notes: who reads and writes, what comes back, how fast."""

import io
import re
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from sapwood.media.bringing_in import bring_in
from sapwood.spaces.models import Note, NoteFile
from sapwood.spaces.notes.saving import Words, begin
from sapwood.spaces.tests.writing_notes import HTML, change, page, pages_of, sent, text
from sapwood.writing.models import Draft


@pytest.fixture
def note(cast, make_space, now):
    space = make_space("request", cast.bruno)
    return begin(space, Words("Ten sounds", HTML), by=cast.ana, now=now, pk=uuid4())


def test_members_read_and_others_find_nothing(note, cast, client_of):
    for address in pages_of(note):
        answer = client_of(cast.bruno).get(address)
        assert answer.status_code == 200, address
        assert b"".join(answer)
        for other in (cast.clara, cast.dinis, cast.nadia):
            assert client_of(other).get(address).status_code == 404, address


def test_who_reads_an_open_group_does_not_write_in_it(note, cast, client_of):
    note.space.openness = "open"
    note.space.save()
    client = client_of(cast.dinis)
    shown = page(client, "note", note.pk)
    assert shown.status_code == 200
    assert reverse("note_edit", args=[note.pk]) not in text(shown)
    for name in ("note_edit", "note_delete"):
        assert page(client, name, note.pk).status_code == 403
    assert client.post(reverse("note_standing", args=[note.pk])).status_code == 403
    assert client.post(reverse("note_restore", args=[note.pk, 1])).status_code == 403
    assert page(client, "note_new", note.space_id).status_code == 403


def test_the_page_has_contents_versions_and_files(note, cast, client_of):
    upload = bring_in(SimpleUploadedFile("plan.txt", b"where the valves are"), owner=cast.ana)
    NoteFile.objects.create(note=note, upload=upload)
    shown = text(page(client_of(cast.bruno), "note", note.pk))
    assert "What we know, a note of Leak Detectives" in shown
    assert '<a href="#on-agua" dir="auto">Água</a>' in shown
    assert '<h2 id="on-agua">Água</h2>' in shown
    assert "plan.txt" in shown


def test_a_new_note_is_written_and_sent_twice_it_is_one(cast, make_space, client_of):
    space = make_space("closed", cast.bruno)
    client, address = client_of(cast.bruno), reverse("note_new", args=[space.pk])
    assert client.get(address).status_code == 200
    form = sent(None, "<p>It <strong>ticks</strong></p><script>alert(1)</script>")
    for _twice in range(2):
        answer = client.post(address, form)
        assert answer.status_code == 302
    note = Note.objects.get()
    assert (note.html, note.version) == ("<p>It <strong>ticks</strong></p>", 1)
    assert answer.cookies["kept"].value == str(form["id"])


def test_what_was_typed_without_the_editor_becomes_paragraphs(note, cast, client_of):
    typed = "One < two\nstill one\n\nThree"
    client_of(cast.bruno).post(reverse("note_edit", args=[note.pk]), sent(note, typed))
    note.refresh_from_db()
    assert note.html == "<p>One &lt; two<br>still one</p><p>Three</p>"
    typed = "<p>One</p>\r\n\r\nTwo\r\n\r\nThree"
    form = sent(note, typed, since=2)
    client_of(cast.bruno).post(reverse("note_edit", args=[note.pk]), form)
    note.refresh_from_db()
    assert note.html.replace("\n", "") == "<p>One</p><p>Two</p><p>Three</p>"


def test_a_note_too_long_is_refused_whole_with_a_sentence(note, cast, client_of):
    client, address = client_of(cast.bruno), reverse("note_edit", args=[note.pk])
    long = "<p>" + "word " * 60_000 + "</p>"
    answer = client.post(address, sent(note, long))
    assert answer.status_code == 422
    assert "300,007 characters long; 200,000 fit" in text(answer)
    assert answer.content.decode().count("word ") >= 60_000
    huge = client.post(address, sent(note, "x" * 500_000))
    assert huge.status_code == 422
    assert "x" * 500_000 in huge.content.decode()
    assert note.versions.count() == 1


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote>" * 30 + "deep",
        "<ul><li>" * 5_000 + "deep",
    ],
)
def test_what_is_nested_beyond_sense_is_refused(note, cast, client_of, html):
    answer = client_of(cast.bruno).post(reverse("note_edit", args=[note.pk]), sent(note, html))
    assert answer.status_code == 422
    assert "more than 24 times" in text(answer)


def test_controls_and_turned_letters_are_left_out(note, cast, client_of):
    evil = "<p>a&#x202e;b\x07c&#8238;d\u2066e</p><p>שלום</p>"
    client_of(cast.bruno).post(reverse("note_edit", args=[note.pk]), sent(note, evil))
    note.refresh_from_db()
    assert note.html == "<p>abcde</p><p>שלום</p>"
    assert 'dir="auto"' in text(page(client_of(cast.bruno), "note", note.pk))


def test_a_picture_of_somebody_else_does_not_come_in_by_its_number(note, cast, client_of):
    held = io.BytesIO()
    Image.new("RGB", (8, 8)).save(held, "PNG")
    theirs = bring_in(SimpleUploadedFile("a.png", held.getvalue()), owner=cast.dinis)
    image = f'<p>x</p><img data-upload="{theirs.pk}" alt="a">'
    client = client_of(cast.bruno)
    client.post(reverse("note_edit", args=[note.pk]), sent(note, image))
    note.refresh_from_db()
    assert note.html == "<p>x</p>"
    Draft.objects.create(
        id=uuid4(), person=cast.bruno, slot=f"note-{note.pk}", saved_at=note.changed_at,
        fields={"title": "x", "text": image, "since": "2"},
    )  # fmt: skip
    assert f"/uploads/{theirs.pk}" not in text(page(client, "note_edit", note.pk))


def test_files_come_and_go_with_the_note(note, cast, client_of):
    client, address = client_of(cast.bruno), reverse("note_edit", args=[note.pk])
    file = SimpleUploadedFile("plan.txt", b"where the valves are")
    assert client.post(address, sent(note, HTML, files_added=file)).status_code == 302
    attached = note.note_files.get()
    assert attached.upload.unused_since is None
    client.post(address, sent(note, HTML, files_removed=attached.pk))
    assert not note.note_files.exists()
    bad = SimpleUploadedFile("x.exe", b"MZ\x00\x01")
    answer = client.post(address, sent(note, "<p>long</p>", files_added=bad))
    assert answer.status_code == 422
    assert "&lt;p&gt;long&lt;/p&gt;" in text(answer)


def test_what_changed_and_putting_it_back(note, cast, client_of):
    now = cast.ana.now()
    note.versions.update(at=now - timedelta(days=2))
    change(note, cast.bruno, HTML.replace("Hiss", "Hiss that <em>rises</em>"), now=now)
    client = client_of(cast.ana)
    shown = text(page(client, "note_changes", note.pk))
    assert "that <em>rises</em>" in shown
    assert re.sub(r"</?span>", "", shown).count("removed. 2 words in, 0 out.") == 1
    assert "2 lines are the same" in shown
    address = reverse("note_restore", args=[note.pk, 1])
    assert address in shown
    assert client.post(address).status_code == 302
    note.refresh_from_db()
    assert (note.html, note.version) == (HTML, 3)
    assert "No words changed" in text(page(client, "note_changes", note.pk, **{"from": 3, "to": 3}))


def test_of_two_versions_of_one_day_the_hour_is_said(note, cast, client_of):
    now = cast.ana.now().replace(hour=12, minute=34)
    note.versions.update(at=now - timedelta(days=2))
    change(note, cast.bruno, HTML + "<p>More</p>", now=now - timedelta(hours=1))
    change(note, cast.bruno, HTML + "<p>Yet more</p>", base=2, now=now)
    client = client_of(cast.ana)
    assert re.search(r"Put [^<]*, 11:34 back", text(page(client, "note_version", note.pk, 2)))
    assert ":34 back" not in text(page(client, "note_version", note.pk, 1))


@pytest.mark.parametrize("asked", ["0", "x", "-1", "²", "9" * 40, ""])
def test_odd_numbers_of_versions_are_taken_kindly(note, cast, client_of, asked):
    client = client_of(cast.ana)
    assert page(client, "note_changes", note.pk, **{"from": asked, "to": asked}).status_code == 200
    if asked.isascii() and asked.isdigit() and asked != "0":
        assert client.get(f"/groups/notes/{note.pk}/versions/{asked}/").status_code == 404


def test_putting_away_can_be_undone_and_only_a_steward_deletes_for_good(note, cast, client_of):
    bruno, ana = client_of(cast.bruno), client_of(cast.ana)
    standing, gone = (reverse(n, args=[note.pk]) for n in ("note_standing", "note_delete"))
    assert ana.post(gone).status_code == 403
    bruno.post(standing)
    listed = text(page(bruno, "group_notes", note.space_id))
    assert "Ten sounds" not in listed
    assert "Ten sounds" in text(page(bruno, "group_notes", note.space_id, away=1))
    bruno.post(standing, {"payload": "back"})
    assert "Ten sounds" in text(page(bruno, "group_notes", note.space_id))
    bruno.post(standing)
    assert bruno.post(gone).status_code == 403
    assert ana.get(gone).status_code == 200
    assert ana.post(gone).status_code == 302
    assert not Note.objects.exists()


def test_the_list_finds_words_and_says_who_wrote(note, cast, client_of):
    change(note, cast.bruno, HTML.replace("Hiss", "Hiss!"))
    begin(note.space, Words("Valves", "<p>brass</p>"), by=cast.ana, now=cast.ana.now(), pk=uuid4())
    client = client_of(cast.bruno)
    found = text(page(client, "group_notes", note.space_id, q="AGUA ticking"))
    assert "Ten sounds" in found
    assert "Edited by 2 people" in found
    assert "Valves" not in found
    assert "No note of this group" in text(page(client, "group_notes", note.space_id, q="zz"))


def test_markdown_of_one_and_of_all(note, cast, client_of):
    begin(note.space, Words("../x", "<p>b</p>"), by=cast.ana, now=cast.ana.now(), pk=uuid4())
    client = client_of(cast.bruno)
    one = page(client, "note_file", note.pk)
    assert one.headers["Content-Disposition"] == 'attachment; filename="Ten sounds.md"'
    assert one.content.decode().startswith("# Ten sounds\n\n## Sounds\n\nTicking")
    all_of_them = page(client, "group_notes_file", note.space_id)
    held = io.BytesIO(b"".join(all_of_them.streaming_content))
    assert sorted(zipfile.ZipFile(held).namelist()) == ["Ten sounds.md", "x.md"]


def test_the_recap_of_a_gathering_knows_its_day(cast, make_space, client_of, now):
    from sapwood.spaces.models import Ritual

    space = make_space("closed")
    ritual = Ritual.objects.create(
        space=space, name="Listening hour", starts_on=now.date(), at="10:00", time_zone="UTC"
    )
    client, address = client_of(cast.ana), reverse("note_new", args=[space.pk])
    shown = text(client.get(address, {"ritual": str(ritual.pk), "on": "2026-10-07"}))
    assert "Recap of Listening hour, 7 October" in shown
    client.post(address, sent(None, "<p>x</p>", ritual=ritual.pk, held_on="2026-10-07"))
    note = Note.objects.get()
    assert (note.ritual, str(note.held_on)) == (ritual, "2026-10-07")


@pytest.mark.parametrize("rows", [1, 12])
def test_every_page_asks_little(note, cast, client_of, rows, django_assert_max_num_queries):
    upload = bring_in(SimpleUploadedFile("plan.txt", b"where the valves are"), owner=cast.ana)
    NoteFile.objects.create(note=note, upload=upload)
    for n in range(rows):
        person = (cast.ana, cast.bruno)[n % 2]
        change(note, person, HTML.replace("Hiss", f"Hiss {n}"), base=n + 1)
        begin(note.space, Words(f"N{n}", HTML), by=person, now=person.now(), pk=uuid4())
    client = client_of(cast.bruno)
    client.get(reverse("group_notes", args=[note.space_id]))
    for address in [*pages_of(note), reverse("note_edit", args=[note.pk])]:
        with django_assert_max_num_queries(11):
            answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"".join(answer)


def test_three_hundred_versions_come_in_pages(note, cast, client_of):
    note.versions.bulk_create(
        note.versions.model(note=note, number=n, grew_from=n - 1, title="t", by=cast.ana)
        for n in range(2, 301)
    )
    shown = text(page(client_of(cast.bruno), "note_versions", note.pk))
    assert "300 versions" in shown
    assert "Page 1 of 6" in shown
    assert shown.count("/versions/") < 60
