"""A person's page: their own lines, seen by colleagues; the photo; the list of people."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from sapwood.people.models import Person, Photo
from sapwood.people.profile import photos
from sapwood.people.profile.photos import UnreadablePhotoError, make_small
from sapwood.people.profile.zones import find_zone

FORM = {
    "name": "Ana Sá", "pronouns": "ela", "ask_about": "valves, valves; night work\nmaps",
    "speaks": "Portuguese", "language": "pt", "time_zone": "azores", "working_days": ["6", "0"],
    "theme": "dark", "shortcuts": "",
}  # fmt: skip


def picture(form="PNG", size=(640, 400), **more):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **more)
    out.seek(0)
    out.name = "me.bin"
    return out


def test_colleagues_see_the_page_and_nothing_about_presence(cast, client_of):
    Person.objects.filter(pk=cast.ana.pk).update(
        ask_about="valves, maps", speaks="English, Twi", time_zone="Asia/Tokyo", pronouns="she"
    )
    page = client_of(cast.dinis).get(reverse("profile", args=[cast.ana.pk])).content.decode()
    for words in ("Ana Sá", "she", "valves", "English, Twi", "Ardal Water / Network", "Bruno Sá"):
        assert words in page
    assert "Asia/Tokyo" in page
    for words in ("last seen", "online", "last_login"):
        assert words not in page


def test_people_who_left_have_no_page(cast, client_of):
    Person.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert client_of(cast.dinis).get(reverse("profile", args=[cast.ana.pk])).status_code == 404


def test_ones_own_page_is_kept_as_written(cast, client_of):
    ana = client_of(cast.ana)
    assert ana.post(reverse("profile_edit"), FORM).status_code == 302
    kept = Person.objects.get(pk=cast.ana.pk)
    assert kept.topics == ["valves", "night work", "maps"]
    assert (kept.time_zone, kept.working_days) == ("Atlantic/Azores", "06")
    assert (kept.theme, kept.language, kept.shortcuts) == ("dark", "pt", False)
    assert not kept.named_self
    ana.post(reverse("profile_edit"), FORM | {"name": "Ana Maria  Sá"})
    kept.refresh_from_db()
    assert (kept.name, kept.named_self) == ("Ana Maria Sá", True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"time_zone": "Mordor"},
        {"ask_about": ",".join(f"t{n}" for n in range(21))},
        {"language": "xx"},
        {"working_days": ["9"]},
    ],
)
def test_what_cannot_be_kept_is_said(wrong, cast, client_of):
    response = client_of(cast.ana).post(reverse("profile_edit"), FORM | wrong)
    assert response.status_code == 422
    assert "Not saved yet." in response.content.decode()
    assert Person.objects.get(pk=cast.ana.pk).pronouns == ""


def test_zones_are_found_by_city():
    assert find_zone("São Paulo") == "America/Sao_Paulo"
    assert find_zone("europe/lisbon") == "Europe/Lisbon"
    assert find_zone("nowhere") == find_zone("") == ""


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_photos_become_small_and_anonymous(form):
    more = {"exif": b"Exif\0\0secret place"} if form in ("JPEG", "WEBP") else {}
    small = make_small(picture(form, **more))
    with Image.open(io.BytesIO(small)) as image:
        assert (image.format, image.size) == ("WEBP", (256, 256))
        assert not image.getexif()
    assert b"secret" not in small
    assert len(small) < 30_000


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"RIFF" * 9],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(UnreadablePhotoError):
        make_small(io.BytesIO(data))


def test_a_picture_made_to_exhaust_memory_is_refused():
    with pytest.raises(UnreadablePhotoError):
        make_small(picture("PNG", (9000, 9000)))


def test_a_photo_is_uploaded_served_to_colleagues_and_removed(cast, client_of):
    ana = client_of(cast.ana)
    ana.post(reverse("profile_edit"), FORM | {"photo_file": picture("JPEG"), "language": "en"})
    kept = Person.objects.get(pk=cast.ana.pk)
    response = client_of(cast.dinis).get(kept.photo_url)
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"].startswith("private, max-age=31536000")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert client_of(None).get(kept.photo_url).status_code == 302
    assert (
        client_of(cast.dinis).get(kept.photo_url.replace(kept.photo_key, "0" * 16)).status_code
        == 404
    )
    assert kept.photo_url in ana.get(reverse("profile_edit")).content.decode()
    ana.post(reverse("profile_edit"), FORM | {"remove": "1"})
    assert not Photo.objects.exists()
    assert Person.objects.get(pk=cast.ana.pk).photo_url == ""


def test_a_photo_that_cannot_be_used_says_why(cast, client_of, monkeypatch):
    ana = client_of(cast.ana)
    file = io.BytesIO(b"hello")
    file.name = "me.png"
    words = ana.post(reverse("profile_edit"), FORM | {"photo_file": file, "language": "en"})
    assert words.status_code == 422
    assert "can&#39;t be read" in words.content.decode()
    assert photos.MAX_BYTES == 5 * 1024 * 1024


def test_people_are_found_without_accents_by_name_topic_and_unit(cast, client_of):
    Person.objects.filter(pk=cast.dinis.pk).delete()
    Person.objects.create_user("j@ardal.example", name="João Simões", ask_about="Pressão, maps")
    browser = client_of(cast.ana)
    for words in ("joao", "PRESSAO", "simoes maps"):
        page = browser.get(reverse("people_index"), {"q": words}).content.decode()
        assert page.count('<article class="person') == 1
    assert (
        "<mark>Pressão</mark>"
        in browser.get(reverse("people_index"), {"q": "pressao"}).content.decode()
    )
    page = browser.get(reverse("people_index"), {"q": "network"}).content.decode()
    assert page.count('<article class="person') == 2
    assert "Nobody fits" in browser.get(reverse("people_index"), {"q": "zzz"}).content.decode()


def test_the_list_goes_from_a_to_z_in_pages_and_answers_htmx(cast, client_of):
    for n in range(40):
        Person.objects.create_user(f"p{n}@x.example", name=f"Zé {n:02}")
    browser = client_of(cast.ana)
    page = browser.get(reverse("people_index")).content.decode()
    assert page.index("Ana Sá") < page.index("Bruno Sá") < page.index("Zé 00")
    second = browser.get(reverse("people_index"), {"page": 2}).content.decode()
    assert "Zé 39" in second
    piece = browser.get(
        reverse("people_index"), {"q": "ze"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in piece
    assert 'id="found"' in piece


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_asks_the_database_little(more, cast, client_of, django_assert_max_num_queries):
    for n in range(more):
        Person.objects.create_user(f"p{n}@x.example", name=f"P{n}", unit=cast.network)
    browser = client_of(cast.ana)
    with django_assert_max_num_queries(12):
        browser.get(reverse("people_index"), {"q": "a"})
