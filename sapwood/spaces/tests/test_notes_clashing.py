"""Two people at one note, and people who may not write any more: no words are lost."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from sapwood.conversations.models import Membership
from sapwood.spaces.notes.saving import Words, begin, put_away
from sapwood.spaces.tests.writing_notes import HTML, change, page, sent, text
from sapwood.writing.models import Draft


@pytest.fixture
def note(cast, make_space, now):
    space = make_space("request", cast.bruno)
    return begin(space, Words("Ten sounds", HTML), by=cast.ana, now=now, pk=uuid4())


def test_changes_in_other_lines_go_in_together(note, cast, client_of):
    change(note, cast.ana, HTML.replace("Hiss", "Hiss, rising"))
    form = sent(note, HTML.replace("Roar", "Roar of a pump"))
    answer = client_of(cast.bruno).post(reverse("note_edit", args=[note.pk]), form, follow=True)
    assert "What others changed while you were writing is in it too." in text(answer)
    note.refresh_from_db()
    assert "Hiss, rising" in note.html
    assert "Roar of a pump" in note.html


def test_the_same_line_asks_and_what_is_chosen_is_kept(note, cast, client_of):
    change(note, cast.ana, HTML.replace("Hiss", "Hiss, rising"))
    client = client_of(cast.bruno)
    key = uuid4()
    Draft.objects.create(
        id=key, person=cast.bruno, slot=f"note-{note.pk}", saved_at=note.changed_at
    )
    form = sent(note, HTML.replace("Hiss", "Hiss, falling").replace("Roar", "Roar!"), id=key)
    asked = client.post(reverse("note_edit", args=[note.pk]), form)
    assert asked.status_code == 409
    shown = text(asked)
    assert "You and Ana both changed line 4" in shown
    assert "Your other change goes in by itself." in shown
    assert "All three are kept in the history." in shown
    assert f'box="note-both:{key}"' in shown
    address = re.search(r'action="([^"]+/both/3/2/)"', shown)[1]
    answer = client.post(
        address,
        {
            "pick_0": "both",
            "both_0": "<p>Hiss, rising and falling</p>",
            "key": key,
            "draft": f"note-both:{key}",
        },
    )
    assert answer.status_code == 302
    assert answer.cookies["kept"].value == str(key)
    note.refresh_from_db()
    assert note.html == HTML.replace("Hiss", "Hiss, rising and falling").replace("Roar", "Roar!")
    assert [v.number for v in note.versions.all()] == [4, 3, 2, 1]
    assert not Draft.objects.exists()
    listed = text(page(client, "note_versions", note.pk))
    assert "Written at the same time, kept beside" in listed


@pytest.mark.parametrize(("pick", "stands"), [("mine", "falling"), ("theirs", "rising")])
def test_either_side_can_be_picked(note, cast, client_of, pick, stands):
    change(note, cast.ana, HTML.replace("Hiss", "Hiss, rising"))
    client = client_of(cast.bruno)
    form = sent(note, HTML.replace("Hiss", "Hiss, falling"))
    client.post(reverse("note_edit", args=[note.pk]), form)
    address = reverse("note_both", args=[note.pk, 3, 2])
    assert client.post(address, {"pick_0": "none", "key": form["id"]}).status_code == 422
    assert client_of(cast.ana).post(address, {"pick_0": pick}).status_code == 404, "not hers"
    assert (
        client.post(address, {"pick_0": pick, "both_0": "<p>x</p>", "key": form["id"]}).status_code
        == 302
    )
    note.refresh_from_db()
    assert f"<p>Hiss, {stands}</p>" in note.html


def test_the_choice_clashes_again_and_is_asked_again(note, cast, client_of):
    change(note, cast.ana, HTML.replace("Hiss", "Hiss, rising"))
    client = client_of(cast.bruno)
    form = sent(note, HTML.replace("Hiss", "Hiss, falling"))
    client.post(reverse("note_edit", args=[note.pk]), form)
    change(note, cast.ana, HTML.replace("Hiss", "Hiss, rising slowly"), base=2)
    again = client.post(
        reverse("note_both", args=[note.pk, 3, 2]), {"pick_0": "mine", "key": form["id"]}
    )
    assert again.status_code == 409
    assert "/both/5/4/" in text(again)
    note.refresh_from_db()
    assert "rising slowly" in note.html


def test_titles_that_clash_are_asked_too(note, cast, client_of):
    change(note, cast.ana, HTML, title="Eleven sounds")
    client = client_of(cast.bruno)
    asked = client.post(reverse("note_edit", args=[note.pk]), sent(note, HTML, title="Twelve"))
    assert "You and Ana both changed the title" in text(asked)
    address = reverse("note_both", args=[note.pk, 3, 2])
    empty = client.post(address, {"pick_title": "both", "both_title": " ", "key": uuid4()})
    assert empty.status_code == 422
    client.post(address, {"pick_title": "both", "both_title": "A dozen sounds", "key": uuid4()})
    note.refresh_from_db()
    assert note.title == "A dozen sounds"


def test_who_was_removed_while_writing_gets_the_words_back_as_a_draft(note, cast, client_of):
    Membership.objects.filter(person=cast.bruno).delete()
    client = client_of(cast.bruno)
    form = sent(note, "<p>All night I listened</p><img src=x onerror=alert(1)>")
    answer = client.post(reverse("note_edit", args=[note.pk]), form)
    assert answer.status_code == 404
    shown = text(answer)
    assert "You do not belong to this group any more" in shown
    assert "<p>All night I listened</p>" in shown
    assert "onerror" not in shown
    assert "Ticking" not in shown
    draft = Draft.objects.get(person=cast.bruno)
    assert (draft.pk, draft.fields["text"]) == (form["id"], form["text"])
    assert "All night" in text(page(client, "note_draft", draft.pk))
    assert page(client_of(cast.ana), "note_draft", draft.pk).status_code == 404
    assert page(client, "note_edit", note.pk).status_code == 404


@pytest.mark.parametrize("what", ["space", "note"])
def test_what_was_put_away_while_writing_gives_the_words_back(note, cast, client_of, now, what):
    if what == "space":
        note.space.archived_at = now
        note.space.save()
    else:
        put_away(note, by=cast.ana, now=now)
    client = client_of(cast.bruno)
    answer = client.post(reverse("note_edit", args=[note.pk]), sent(note, "<p>All night</p>"))
    assert answer.status_code == 403
    assert "put" in text(answer)
    assert "<p>All night</p>" in text(answer)
    assert Draft.objects.get(person=cast.bruno).slot == f"note-{note.pk}"
    assert note.versions.count() == 1
    if what == "note":
        client.post(reverse("note_standing", args=[note.pk]), {"payload": "back"})
        assert "All night" in text(page(client, "note_edit", note.pk))


def test_a_choice_that_may_not_go_in_comes_back_too(note, cast, client_of, now):
    change(note, cast.ana, HTML.replace("Hiss", "Hiss, rising"))
    client = client_of(cast.bruno)
    form = sent(note, HTML.replace("Hiss", "Hiss, falling"))
    client.post(reverse("note_edit", args=[note.pk]), form)
    Membership.objects.filter(person=cast.bruno).delete()
    answer = client.post(
        reverse("note_both", args=[note.pk, 3, 2]),
        {"pick_0": "both", "both_0": "<p>Both of them</p>"},
    )
    assert answer.status_code == 404
    assert "Both of them" in text(answer)


def test_a_draft_goes_on_with_the_version_it_began_with(note, cast, client_of):
    change(note, cast.ana, HTML.replace("Hiss", "Hiss, rising"))
    Draft.objects.create(
        id=uuid4(), person=cast.bruno, slot=f"note-{note.pk}", saved_at=note.changed_at,
        fields={"title": "Ten sounds", "text": "<p>Half a thought</p>", "since": "1"},
    )  # fmt: skip
    shown = text(page(client_of(cast.bruno), "note_edit", note.pk))
    assert "Half a thought" in shown
    assert re.search(r'name="since" value="1"', shown)
    assert "Others have changed this note since you began." in shown
