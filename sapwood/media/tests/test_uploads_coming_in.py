"""What is taken, what is refused, and what happens to a picture on the way."""

import io
import zipfile
import zlib
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from sapwood.media.bringing_in import LARGEST, bring_in, bring_in_bytes, bring_in_picture
from sapwood.media.models import Upload
from sapwood.media.sniffing import OFFICE, sniff

pytestmark = pytest.mark.django_db


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (30, 110, 90)).save(out, kind, **more)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/"), data)
    return out.getvalue()


DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
# An open document whose first part cannot be unpacked.
BROKEN = archive(mimetype=b"application/vnd.oasis.opendocument.text").replace(
    zlib.compress(b"application/vnd.oasis.opendocument.text", wbits=-15), b"\xff" * 41
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("GIF"), "image/gif"),
        (picture("WEBP"), "image/webp"),
        (b"%PDF-1.7\n...", "application/pdf"),
        ("Olá, notas da noite".encode(), "text/plain"),
        (archive(**DOCX), OFFICE["word/"][0]),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text", x=b"1"),
         "application/vnd.oasis.opendocument.text"),
    ],
)  # fmt: skip
def test_what_is_taken(data: bytes, expected: str) -> None:
    assert (sniff(data) or ("",))[0] == expected


@pytest.mark.parametrize(
    "data",
    [
        SVG, b"\xef\xbb\xbf" + SVG, b"  <html><script>", b"<?xml version='1.0'?><svg/>",
        b"MZ\x90\x00", b"\x7fELF", b"#!/bin/sh\x00", archive(a=b"1"), archive(**{"../x": b"1"}),
        archive(**{**DOCX, "../../word/x": b"1"}), archive(**{**DOCX, "word/vbaProject.bin": b"1"}),
        archive(**{**DOCX, "word/big": b"0" * 40_000_000}), b"PK\x03\x04broken", b"\x00\x01\x02",
        b"\xff\xfe<\x00", b"   ", BROKEN,
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes) -> None:
    assert sniff(data) is None


def test_a_picture_loses_its_metadata_and_its_size(cast: SimpleNamespace) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    exif[0x0112] = 6  # turned
    file = SimpleUploadedFile("..\\..\\Férias 2026!.jpeg", picture(size=(3000, 1500), exif=exif))
    upload = bring_in(file, owner=cast.ana, alt="A pump")
    stored = upload.file.open().read()
    assert b"secret place" not in stored
    assert (upload.width, upload.height) == (1000, 2000)
    assert upload.content_type == "image/webp"
    assert upload.name == "Férias 2026.webp"
    with Image.open(upload.small) as small:
        assert max(small.size) == 640
        assert not small.getexif()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (SVG, "We take pictures"),
        (b"\xff\xd8\xff broken", "cannot be read"),
        (picture("PNG", (4000, 20)), "thin strip"),
        (picture("PNG", (8000, 6000)), "40 million"),
    ],
)
def test_a_refusal_says_what_to_do(cast: SimpleNamespace, data: bytes, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        bring_in_bytes(data, name="x", owner=cast.ana)
    assert not Upload.objects.exists()


def test_a_large_file_is_refused_unread(cast: SimpleNamespace) -> None:
    file = SimpleUploadedFile("x.pdf", b"%PDF-1.7")
    file.size = LARGEST + 1
    with pytest.raises(ValidationError, match="20 MB"):
        bring_in(file, owner=cast.ana)
    file.size = 11 * 1024 * 1024
    with pytest.raises(ValidationError, match="10 MB"):
        bring_in_picture(file, owner=cast.ana)


def test_the_editor_gets_id_address_and_words(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    ana = client_of(cast.ana)
    file = SimpleUploadedFile("pump.png", picture("PNG"))
    answer = ana.post(reverse("upload_create"), {"file": file, "alt": "A pump"}).json()
    assert answer["alt"] == "A pump"
    assert answer["id"] == str(Upload.objects.get().pk)
    assert ana.get(answer["url"]).status_code == 200
    refused = ana.post(reverse("upload_create"), {"file": SimpleUploadedFile("x.svg", SVG)})
    assert refused.status_code == 422
    assert "JPEG" in refused.json()["error"]
    assert ana.post(reverse("upload_create")).status_code == 422
