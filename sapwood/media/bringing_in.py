"""From what a browser sent to an Upload: checked, pictures redrawn, the rest kept as it is."""

import hashlib
import re
from collections.abc import Callable
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from sapwood.core.ids import uuid7
from sapwood.media.models import Upload
from sapwood.media.pictures import WIDEST, NotAPicture, redraw
from sapwood.media.sniffing import PICTURES, sniff
from sapwood.people.models import Person

LARGEST = 20 * 1024 * 1024
LARGEST_PICTURE = 10 * 1024 * 1024
ODD = re.compile(r"[^\w .()+-]+")


def bring_in(file: UploadedFile, *, owner: Person, alt: str = "") -> Upload:
    """Keeps a picture or a file. Raises ValidationError with a sentence that says what to do."""
    if (file.size or 0) > LARGEST:
        raise ValidationError(_("This file is larger than 20 MB. Choose a smaller one."))
    return bring_in_bytes(file.read(), name=file.name or "", owner=owner, alt=alt)


def bring_in_picture(file: UploadedFile, *, owner: Person, alt: str = "") -> Upload:
    """Like `bring_in`, for pictures only."""
    if (file.size or 0) > LARGEST_PICTURE:
        raise ValidationError(_("This picture is larger than 10 MB. Choose a smaller one."))
    start = file.read(64)
    file.seek(0)
    if (sniff(start) or ("",))[0] not in PICTURES:
        raise ValidationError(_("This is not a picture we can show. Use JPEG, PNG, GIF or WebP."))
    return bring_in(file, owner=owner, alt=alt)


def bring_in_bytes(
    data: bytes, *, name: str, owner: Person | None, alt: str = "", widest: int = WIDEST
) -> Upload:
    """The same for bytes that we already hold; a picture is drawn no larger than `widest`."""
    if not data:
        raise ValidationError(_("This file is empty."))
    found = sniff(data)
    if found is None:
        raise ValidationError(
            _(
                "We take pictures (JPEG, PNG, GIF, WebP), PDF, office documents and plain text. "
                "Save this file as one of those."
            )
        )
    content_type, ending = found
    upload = Upload(id=uuid7(), owner=owner, name=_clean_name(name, ending), alt=alt.strip()[:300])
    if content_type in PICTURES:
        _hold_picture(upload, data, widest)
    else:
        upload.kind, upload.content_type = Upload.Kind.FILE, content_type
        _hold(upload, "file", data, ending)
    with transaction.atomic():
        upload.save(force_insert=True)
    return upload


def _hold_picture(upload: Upload, data: bytes, widest: int) -> None:
    try:
        picture = redraw(data, widest=widest)
    except NotAPicture as problem:
        reasons: dict[str, Callable[[], str]] = {
            "pixels": lambda: _("This picture has more than 40 million pixels. Make it smaller."),
            "ratio": lambda: _("This picture is a very thin strip. Cut it to a fuller shape."),
        }
        unread = _("This picture cannot be read. Save it again as JPEG or PNG.")
        raise ValidationError(reasons.get(str(problem), lambda: unread)()) from problem
    upload.kind, upload.content_type = Upload.Kind.IMAGE, "image/webp"
    upload.width, upload.height = picture.width, picture.height
    upload.name = PurePosixPath(upload.name).stem + ".webp"
    if picture.small:
        _hold(upload, "small", picture.small, "webp")
    _hold(upload, "file", picture.data, "webp")


def _hold(upload: Upload, field: str, data: bytes, ending: str) -> None:
    """Writes the bytes to storage under a name that says nothing."""
    folder = f"uploads/{upload.id.hex[:6]}"
    path = f"{folder}/{upload.id.hex}{'-s' if field == 'small' else ''}.{ending}"
    setattr(upload, field, default_storage.save(path, ContentFile(data)))
    upload.size, upload.sha256 = len(data), hashlib.sha256(data).hexdigest()


def _clean_name(name: str, ending: str) -> str:
    """The name without folders and odd signs, with the ending that the content deserves."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    stem = ODD.sub(" ", stem).strip(" .")[:100] or "file"
    return f"{stem}.{ending}"
