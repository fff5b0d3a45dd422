"""Signed addresses: for one person, for some hours, with headers that keep browsers calm."""

import zipfile
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sapwood.media.addresses import STEP, address, is_valid, srcset
from sapwood.media.bringing_in import bring_in_bytes
from sapwood.media.markup import plain, shown, stored, typed, upload_ids
from sapwood.media.models import Upload
from sapwood.media.tasks import KEPT, sweep_loose_uploads
from sapwood.media.tests.test_uploads_coming_in import picture
from sapwood.people.visible.copy import write_copy

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(cast: SimpleNamespace) -> Upload:
    return bring_in_bytes(picture(size=(900, 600)), name="pump.jpg", owner=cast.ana, alt="A pump")


def test_an_address_opens_for_whom_it_was_made_only(
    cast: SimpleNamespace, photo: Upload, client_of: Callable[[object], Client]
) -> None:
    mine = address(photo, cast.ana)
    answer = client_of(cast.ana).get(mine)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private")
    assert "sandbox" in answer["Content-Security-Policy"]
    for other in (cast.bruno, cast.nadia, cast.clara):
        assert client_of(other).get(mine).status_code == 404
    assert client_of(None).get(mine).status_code == 302
    bare = reverse("upload_show", args=[photo.pk, photo.name])
    assert client_of(cast.ana).get(bare).status_code == 404
    assert client_of(cast.ana).get(mine.replace("&s=", "&s=x")).status_code == 404
    for until in ("²", "9" * 5000, "-1", ""):
        assert client_of(cast.ana).get(bare, {"e": until, "s": "x"}).status_code == 404


def test_an_address_ends_and_stays_the_same_for_a_while(cast, photo: Upload) -> None:
    now = 1_800_000_000.0 // STEP * STEP
    first = address(photo, cast.ana, now=now)
    assert first == address(photo, cast.ana, now=now + STEP - 1)
    assert first != address(photo, cast.ana, now=now + STEP)
    asked = dict(part.split("=", 1) for part in first.partition("?")[2].split("&"))
    rules = {"size": "", "until": asked["e"], "signature": asked["s"]}
    assert is_valid(photo, cast.ana, **rules, now=now)
    assert is_valid(photo, cast.ana, **rules, now=now + STEP)
    assert not is_valid(photo, cast.ana, **rules, now=now + 2 * STEP + 1)
    assert not is_valid(photo, cast.ana, **{**rules, "until": "9" * 12}, now=now)
    assert not is_valid(photo, cast.ana, **{**rules, "size": "s"}, now=now)


def test_a_file_is_a_download(cast, client_of: Callable[[object], Client]) -> None:
    upload = bring_in_bytes(b"%PDF-1.7 \n", name="plan <b>.pdf", owner=cast.ana)
    answer = client_of(cast.ana).get(address(upload, cast.ana))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_both_sizes_are_offered(cast, photo: Upload, client_of) -> None:
    parts = srcset(photo, cast.ana).split(", ")
    assert [part.split()[1] for part in parts] == ["640w", "900w"]
    small = client_of(cast.ana).get(parts[0].split()[0])
    assert len(b"".join(small.streaming_content)) < photo.size


def test_an_empty_line_begins_a_paragraph_of_what_was_typed() -> None:
    assert typed("One < two\r\n\r\nThree") == "<p>One &lt; two</p><p>Three</p>"
    added = typed("<p>One</p>\r\n\r\nTwo\r\n\r\nThree").replace("\n", "")
    assert added == "<p>One</p><p>Two</p><p>Three</p>"
    assert typed("<pre>a\n\nb</pre>") == "<pre>a\n\nb</pre>"


def test_rich_text_keeps_ids_and_shows_addresses(cast, photo: Upload) -> None:
    written = (
        f'<img src="https://evil.example/x.png" data-upload="{photo.pk}" alt="A &quot;p">'
        '<img src="https://evil.example/track.gif"><script>alert(1)</script>'
    )
    kept = stored(written, writer=cast.ana)
    assert "evil" not in kept
    assert "script" not in kept
    assert upload_ids(kept) == [photo.pk]
    photo.refresh_from_db()
    assert photo.unused_since is None
    html = str(shown(kept, cast.dinis))
    assert address(photo, cast.dinis).replace("&", "&amp;") in html
    assert 'width="900" height="600"' in html
    assert "640w" in html


def test_nobody_shows_the_picture_of_another_by_its_id(cast, photo: Upload) -> None:
    written = f'<p>x</p><img data-upload="{photo.pk}" alt="">'
    assert upload_ids(stored(written, writer=cast.dinis)) == []
    assert upload_ids(stored(written, writer=cast.dinis, before=written)) == [photo.pk]


def test_pictures_of_a_text_cost_one_query(cast, photo: Upload, django_assert_num_queries) -> None:
    html = f'<img data-upload="{photo.pk}" alt="">' * 3
    with django_assert_num_queries(1):
        shown(html, cast.ana)
    with django_assert_num_queries(0):
        shown("<p>no pictures</p>", cast.ana)


def test_plain_words() -> None:
    assert plain("<p>Read &amp; <em>write</em></p><p>twice</p>") == "Read & write twice"


def test_unused_uploads_are_swept_with_their_bytes(cast, photo: Upload) -> None:
    used = bring_in_bytes(b"%PDF-1.7 \n", name="x", owner=cast.ana)
    used.attach()
    Upload.objects.filter(pk=photo.pk).update(unused_since=timezone.now() - KEPT - timedelta(1))
    paths = [photo.file.name, photo.small.name]
    sweep_loose_uploads.func()
    assert list(Upload.objects.all()) == [used]
    assert not any(default_storage.exists(path) for path in paths)


def test_the_owners_copy_holds_the_files(cast, photo: Upload) -> None:
    pdf = bring_in_bytes(b"%PDF-1.7 \n", name="../the plan.pdf", owner=cast.ana)
    lost = bring_in_bytes(b"%PDF-1.7 lost\n", name="lost.pdf", owner=cast.ana)
    default_storage.delete(lost.file.name)
    bring_in_bytes(b"%PDF-1.7 other\n", name="other.pdf", owner=cast.bruno)
    with write_copy(cast.ana, timezone.now()) as file, zipfile.ZipFile(file) as copy:
        held = [name for name in copy.namelist() if name.startswith("files/upload-")]
        assert sorted(copy.read(name) for name in held) == sorted(
            [photo.as_file()[1], b"%PDF-1.7 \n"]
        )
        assert not any(".." in name for name in held)
        assert any(str(pdf.pk) in name for name in held)
