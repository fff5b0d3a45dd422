"""The ticket to a stream: who, in which session, may hear which topics; signed, for two minutes.

The stream is answered before any of Django's middleware. A view that ran behind all of it writes
the ticket; the stream believes nothing else, and takes it only with the cookie of its session.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.core import signing

from sapwood.core.sessions import public_name

SECONDS = 120
_signer = signing.TimestampSigner(salt="sapwood.live.ticket")


class RefusedError(Exception):
    """Forged, too old, or of another session."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a stream may be told, and on whose behalf."""

    person: UUID
    session: UUID
    topics: tuple[str, ...]
    issued: datetime


def write(person: UUID, session_key: str, topics: list[str], now: datetime) -> str:
    """A ticket as text for an address."""
    session = public_name(session_key)
    content = [person.hex, session.hex, now.timestamp(), *topics]
    return _signer.sign_object(content, compress=True)


def read(text: str, session_key: str) -> Ticket:
    """The ticket, if it is ours, young, and of this session. Raises RefusedError."""
    try:
        person, session, at, *topics = _signer.unsign_object(text, max_age=SECONDS)
    except signing.BadSignature as problem:
        raise RefusedError from problem
    ticket = Ticket(UUID(person), UUID(session), tuple(topics), datetime.fromtimestamp(at, UTC))
    if ticket.session != public_name(session_key):
        raise RefusedError
    return ticket
