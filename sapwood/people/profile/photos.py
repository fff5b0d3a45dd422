"""Photos made small and anonymous: sniffed, turned upright, cut square, re-encoded, no metadata."""

import hashlib
import struct
from io import BytesIO
from typing import BinaryIO

from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from sapwood.people.models import Person, Photo

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
SIDE = 256
BROKEN = (
    UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError,
    ValueError, SyntaxError, EOFError, MemoryError, OverflowError,
)  # fmt: skip
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


class UnreadablePhotoError(Exception):
    """Not a picture we know, or one made to exhaust memory."""


def make_small(file: BinaryIO) -> bytes:
    """256 × 256 WebP of a picture, whatever its name claims. Raises UnreadablePhotoError."""
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise UnreadablePhotoError
            picture.draft("RGB", (SIDE * 2, SIDE * 2))
            square = ImageOps.fit(
                _upright(picture).convert("RGBA"), (SIDE, SIDE), centering=(0.5, 0.4)
            )
    except BROKEN as error:
        raise UnreadablePhotoError from error
    flat = Image.new("RGB", (SIDE, SIDE), "#f2e9dc")
    flat.paste(square, mask=square.getchannel("A"))
    out = BytesIO()
    flat.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """The picture as the camera was held; notes that can't be read are left out."""
    try:
        return ImageOps.exif_transpose(picture)
    except (SyntaxError, ValueError, KeyError, TypeError, struct.error):
        return picture


def set_photo(person: Person, content: bytes) -> None:
    """Keeps `content` as the person's photo, under a new address."""
    with transaction.atomic():
        Photo.objects.update_or_create(person=person, defaults={"content": content})
        person.photo_key = hashlib.sha256(content).hexdigest()[:16]
        person.save(update_fields=["photo_key"])


def remove_photo(person: Person) -> None:
    """Back to initials."""
    with transaction.atomic():
        Photo.objects.filter(person=person).delete()
        person.photo_key = ""
        person.save(update_fields=["photo_key"])
