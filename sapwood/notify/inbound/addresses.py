"""Reply addresses: reply+<token>@domain, signed, in letters that survive any mail system.

The token is a row's id and a signature over it, in base 32 without case: 42 characters, so that
the part before the @ stays well under the 64 that mail allows.
"""

import base64
import binascii
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from sapwood.notify.models.inbound import OPEN, ReplyAddress
from sapwood.people.models import Person

SIGNED = 10  # bytes of signature
LENGTH = 42  # characters of a token


def is_on() -> bool:
    """True if this installation takes replies."""
    return bool(settings.REPLY_ADDRESS)


def address_for(person: Person, purpose: str, about: str, *, now: datetime) -> str:
    """Where this person answers about this; empty if replies are not taken here."""
    if not is_on():
        return ""
    row, is_new = ReplyAddress.objects.get_or_create(
        person=person, purpose=purpose, about=about, defaults={"expires_at": now + OPEN}
    )
    if not is_new and row.expires_at < now + OPEN:
        ReplyAddress.objects.filter(pk=row.pk).update(expires_at=now + OPEN)
    local, _at, domain = settings.REPLY_ADDRESS.rpartition("@")
    return f"{local}+{token_of(row.pk)}@{domain}"


def token_of(pk: UUID) -> str:
    """The token of a row."""
    return base64.b32encode(pk.bytes + _signature(pk)).decode().rstrip("=").lower()


def _signature(pk: UUID) -> bytes:
    return salted_hmac("sapwood.reply", pk.bytes, algorithm="sha256").digest()[:SIGNED]


def find(addresses: Iterable[str]) -> ReplyAddress | None:
    """The row of the first address that carries a true token."""
    for address in addresses:
        if (pk := read_token(address)) and (
            row := ReplyAddress.objects.select_related("person").filter(pk=pk).first()
        ):
            return row
    return None


def read_token(address: str) -> UUID | None:
    """The id in an address, if we signed it; case does not matter."""
    token = address.rpartition("@")[0].rpartition("+")[2].upper()
    if len(token) != LENGTH:
        return None
    try:
        data = base64.b32decode(token + "=" * (-LENGTH % 8))
    except (binascii.Error, ValueError):
        return None
    pk = UUID(bytes=data[:16])
    # The whole token, since two bits of its last letter carry nothing.
    return pk if constant_time_compare(token.lower(), token_of(pk)) else None
