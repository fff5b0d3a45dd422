"""Switching push on and off for one browser; what the browser says of itself is checked."""

import base64
import binascii
import hashlib
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sapwood.core.fetcher import Refused, check_url
from sapwood.core.sessions import public_name
from sapwood.notify.models import Device
from sapwood.people.models import Person

MOST = 10  # devices of one person; the oldest makes room


def switch_on(
    person: Person, *, endpoint: str, p256dh: str, auth: str, session: str, now: datetime
) -> Device:
    """Keeps where this browser takes messages; one that was somebody else's is theirs no more.

    Raises ValidationError for what no push service gave.
    """
    check(endpoint, p256dh, auth)
    mine = Device.objects.filter(person=person)
    with transaction.atomic():
        device, _is_new = Device.objects.update_or_create(
            digest=digest_of(endpoint),
            defaults={
                "person": person, "endpoint": endpoint, "p256dh": p256dh, "auth": auth,
                "session": public_name(session).hex, "at": now, "failed_at": None,
            },
        )  # fmt: skip
        newest = list(mine.order_by("-at", "-id").values_list("pk", flat=True)[:MOST])
        mine.exclude(pk__in=newest).delete()
    return device


def switch_off(person: Person, endpoint: str) -> None:
    """Forgets one's own browser."""
    Device.objects.filter(person=person, digest=digest_of(endpoint)).delete()


def digest_of(endpoint: str) -> str:
    """What an endpoint is found by."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def check(endpoint: str, p256dh: str, auth: str) -> None:
    """Raises ValidationError unless a browser can have said this."""
    from cryptography.hazmat.primitives.asymmetric import ec

    wrong = ValidationError(_("This browser gave no address that we can send to."))
    try:
        if check_url(endpoint, ports={443}).scheme != "https":
            raise wrong
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), opened(p256dh))
        if len(opened(auth)) != 16:
            raise wrong
    except (Refused, ValueError, binascii.Error) as problem:
        raise wrong from problem


def opened(text: str) -> bytes:
    """The bytes of base64url without padding. Raises binascii.Error and ValueError."""
    if not text.isascii() or len(text) > 100:
        raise ValueError
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
