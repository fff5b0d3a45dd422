"""Photos and files in a composer: own ones, not too many, found again, with and without scripts."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from sapwood.media.attaching import (
    MOST,
    MOST_BYTES,
    Drop,
    WithFiles,
    attach,
    attachable,
    gathered,
)
from sapwood.media.bringing_in import bring_in_bytes
from sapwood.media.models import Upload
from sapwood.media.showing import shown_files
from sapwood.media.tests.test_uploads_coming_in import picture
from sapwood.people.models import Person

pytestmark = pytest.mark.django_db


class Composer(WithFiles):
    """A form as a composer has it."""

    text = forms.CharField()


def pdf(owner: Person, name: str = "plan.pdf") -> Upload:
    return bring_in_bytes(b"%PDF-1.7 \n", name=name, owner=owner)


def photo(owner: Person) -> Upload:
    return bring_in_bytes(picture(size=(900, 600)), name="pump.jpg", owner=owner)


def composed(person: Person, *files: Any, carried: Any = (), **data: Any) -> Composer:
    given = QueryDict(mutable=True)
    given.update({"text": "Look"})
    for name, value in data.items():
        given.setlist(name, value if isinstance(value, list) else [value])
    return Composer(given, MultiValueDict({"files": list(files)}), person=person, carried=carried)


def test_only_ones_own_are_attached(cast: SimpleNamespace) -> None:
    mine, other = pdf(cast.ana), pdf(cast.bruno)
    assert attachable(cast.ana, [mine.pk, mine.pk]) == [mine]
    for ids in ([other.pk], [mine.pk, uuid.uuid4()]):
        with pytest.raises(ValidationError, match="no longer here"):
            attachable(cast.ana, ids)
    assert attachable(cast.ana, [other.pk, mine.pk], kept=[other]) == [other, mine]


def test_the_sum_is_limited(cast: SimpleNamespace) -> None:
    several = [pdf(cast.ana, f"{n}.pdf") for n in range(MOST + 1)]
    with pytest.raises(ValidationError, match="Ten"):
        attachable(cast.ana, [each.pk for each in several])
    Upload.objects.update(size=MOST_BYTES // 2)
    with pytest.raises(ValidationError, match="60 MB"):
        attachable(cast.ana, [each.pk for each in several[:3]])
    attachable(cast.ana, [each.pk for each in several[:2]])


def test_attached_files_are_not_swept(cast, django_assert_num_queries) -> None:
    mine = pdf(cast.ana)
    with django_assert_num_queries(1):
        attach([mine])
    assert Upload.objects.get().unused_since is None


def test_a_form_takes_ids_in_both_spellings(cast) -> None:
    one, two = pdf(cast.ana), photo(cast.ana)
    for uploads in (f"{two.pk} {one.pk}", [str(two.pk), str(one.pk)]):
        form = composed(cast.ana, uploads=uploads)
        assert form.is_valid()
        assert form.attached == [two, one]
    assert composed(cast.ana).is_valid()
    assert composed(cast.ana, uploads="nonsense \x00 ' " + "9" * 5000).is_valid()


def test_files_of_a_browser_without_scripts_are_brought_in(cast) -> None:
    form = composed(cast.ana, SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
                    SimpleUploadedFile("b.png", picture("PNG")))  # fmt: skip
    assert form.is_valid()
    assert [upload.name for upload in form.attached] == ["a.pdf", "b.webp"]


def test_a_form_in_trouble_keeps_what_was_chosen(cast) -> None:
    form = composed(cast.ana, SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
                    SimpleUploadedFile("b.exe", b"MZ\x90\x00"), text="")  # fmt: skip
    assert not form.is_valid()
    assert "We take pictures" in form.errors["files"][0]
    drop = form.drop
    assert [each.name for each in drop.attached] == ["a.pdf"]
    again = composed(cast.ana, uploads=drop.value)
    assert again.is_valid()
    assert [upload.name for upload in again.attached] == ["a.pdf"]


def test_what_is_lost_is_said_and_the_rest_kept(cast) -> None:
    mine = pdf(cast.ana)
    form = composed(cast.ana, uploads=[str(mine.pk), str(uuid.uuid4())])
    assert not form.is_valid()
    assert "no longer here" in form.errors["files"][0]
    assert form.attached == [mine]


def test_what_a_text_carries_stays_for_whoever_edits_it(cast) -> None:
    theirs, mine = pdf(cast.bruno, "old.pdf"), pdf(cast.ana)
    form = composed(cast.ana, uploads=f"{theirs.pk} {mine.pk}", carried=[theirs])
    assert form.is_valid()
    assert form.attached == [theirs, mine]
    off = composed(cast.ana, uploads=f"{theirs.pk}", uploads_off=str(theirs.pk), carried=[theirs])
    assert off.is_valid()
    assert off.attached == []
    assert Composer(person=cast.ana, carried=[theirs]).drop.value == str(theirs.pk)


def test_a_form_of_another_kind_gathers_the_same(cast) -> None:
    one, two = pdf(cast.ana), pdf(cast.bruno)
    sent = QueryDict(f"uploads={one.pk}+{two.pk}&uploads_off={two.pk}")
    came = MultiValueDict({"files": [SimpleUploadedFile("a.pdf", b"%PDF-1.7")]})
    assert [each.name for each in gathered(cast.ana, sent, came)] == ["plan.pdf", "a.pdf"]
    with pytest.raises(ValidationError, match="Ten"):
        gathered(cast.ana, sent, MultiValueDict({"files": came.getlist("files") * (MOST + 5)}))
    with pytest.raises(ValidationError, match="no longer"):
        gathered(cast.ana, QueryDict(f"uploads={two.pk}"), MultiValueDict())
    assert Drop.of(cast.ana, [two]).value == str(two.pk)


def test_a_file_is_brought_in_by_itself(cast, client_of) -> None:
    ana: Client = client_of(cast.ana)
    said = ana.post(reverse("file_create"), {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert said.json()["name"] == "a.pdf"
    assert said.json()["small"] == ""
    shot = ana.post(reverse("file_create"), {"file": SimpleUploadedFile("a.png", picture("PNG"))})
    assert ana.get(shot.json()["small"]).status_code == 200
    bad = ana.post(reverse("file_create"), {"file": SimpleUploadedFile("a.exe", b"MZ\x90\x00")})
    assert bad.status_code == 422
    assert "We take" in bad.json()["error"]
    assert ana.post(reverse("file_create")).status_code == 422


def test_ids_of_a_draft_become_files_again(cast, client_of, django_assert_num_queries) -> None:
    mine, other, more = pdf(cast.ana), pdf(cast.bruno), photo(cast.ana)
    asked = {"id": [str(more.pk), str(other.pk), "x", str(mine.pk)]}
    found = client_of(cast.ana).get(reverse("file_index"), asked).json()["files"]
    assert [each["id"] for each in found] == [str(more.pk), str(mine.pk)]
    assert client_of(cast.ana).get(reverse("file_index")).json() == {"files": []}


def test_what_a_picture_shows_is_said_by_its_owner(cast, client_of) -> None:
    mine = photo(cast.ana)
    where = reverse("file_words", args=[mine.pk])
    said = client_of(cast.ana).post(where, {"alt": "A pump\u202e\n by night" + "x" * 400})
    assert said.status_code == 204
    mine.refresh_from_db()
    assert mine.alt.startswith("A pump by night")
    assert len(mine.alt) == 300
    assert client_of(cast.bruno).post(where, {"alt": "x"}).status_code == 404


def test_the_parts_draw_names_that_are_markup(cast) -> None:
    upload, shot = pdf(cast.ana), photo(cast.ana)
    Upload.objects.filter(pk=upload.pk).update(name="<b>.pdf")
    Upload.objects.filter(pk=shot.pk).update(alt='"><script>')
    form = composed(cast.ana, uploads=f"{upload.pk} {shot.pk}")
    form.is_valid()
    template = engines["jinja2"].env.from_string("{{ ui.file_drop(d) }}{{ ui.files(d.attached) }}")
    html = template.render(d=form.drop)
    assert "<b>" not in html
    assert "<script" not in html
    assert 'name="uploads_off"' in html
    assert "srcset" in html


def test_showing_files_asks_the_database_nothing(cast, django_assert_num_queries) -> None:
    uploads = [pdf(cast.bruno), photo(cast.bruno)]
    with django_assert_num_queries(0):
        shown = shown_files(uploads, cast.ana)
    assert [each.ending for each in shown] == ["PDF", "WEBP"]
    assert shown[1].small != shown[1].url
