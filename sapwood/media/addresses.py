"""Signed addresses: made when a page is drawn for somebody who may see it, good for some hours.

An address is bound to the person it was drawn for, so passing it on opens nothing. The end of its
life is rounded, so that the same picture keeps its address, and the browser its copy, for a while.
"""

import re
import time

from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from sapwood.media.models import Upload
from sapwood.people.models import Person

STEP = 6 * 3600  # seconds; an address lives one to two steps
LIFE = re.compile(r"[0-9]{1,12}")
SMALL = "s"


def _signature(upload: Upload, person: Person, size: str, until: int) -> str:
    signer = Signer(salt="sapwood.media")
    return signer.signature(f"{upload.pk.hex}:{person.pk.hex}:{size}:{until}")


def address(upload: Upload, person: Person, *, small: bool = False, now: float = 0) -> str:
    """Where `person` finds `upload` for the next hours; `small` gives the small picture."""
    size = SMALL if small and upload.small else ""
    until = (int((now or time.time()) // STEP) + 2) * STEP
    path = reverse("upload_show", args=[upload.pk, upload.name])
    extra = f"&z={size}" if size else ""
    return f"{path}?e={until}&s={_signature(upload, person, size, until)}{extra}"


def is_valid(
    upload: Upload, person: Person, *, size: str, until: str, signature: str, now: float = 0
) -> bool:
    """True for an address that we made for this person and that is not over."""
    if not LIFE.fullmatch(until) or int(until) < (now or time.time()):
        return False
    return constant_time_compare(signature, _signature(upload, person, size, int(until)))


def srcset(upload: Upload, person: Person) -> str:
    """Both sizes with their widths, for <img srcset>; empty when there is one only."""
    if not upload.small or not upload.width or not upload.height:
        return ""
    scale = min(1.0, 640 / max(upload.width, upload.height))
    small = address(upload, person, small=True)
    return f"{small} {round(upload.width * scale)}w, {address(upload, person)} {upload.width}w"
