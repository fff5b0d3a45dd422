"""The listener: takes letters over LMTP or SMTP from the mail server beside it.

A letter is acknowledged once it is stored, or sent back; when the database or the way out is away,
the mail server is told to try again later. One receiver at a time, since LMTP wants an answer for
each and the library gives one.
"""

import asyncio
import logging
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections, connection
from django.utils import timezone

from sapwood.notify.inbound.addresses import read_token
from sapwood.notify.inbound.reading import LARGEST, Unreadable, read
from sapwood.notify.inbound.taking import LATER, UNKNOWN, take

OK = "250 2.0.0 Thank you"
NOBODY = "550 5.1.1 No such address"
AGAIN = "451 4.3.0 Try again later"
ONE = "452 4.5.3 One receiver at a time"
UNREAD = "550 5.6.0 This letter cannot be read"
LONG_LINE = 100_000  # bytes; some programs write a paragraph as one line
logger = logging.getLogger("sapwood.inbound")


class _Lmtp(LMTP):
    line_length_limit = LONG_LINE


class _Smtp(SMTP):
    line_length_limit = LONG_LINE


@dataclass(frozen=True)
class Place:
    """Where we listen, and in which of the two tongues."""

    host: str
    port: int
    is_lmtp: bool

    @classmethod
    def read(cls, text: str) -> Self:
        """From lmtp://127.0.0.1:8024, smtp://… or 127.0.0.1:8024. Raises ValueError."""
        parts = urlsplit(text if "://" in text else f"lmtp://{text}")
        if parts.scheme not in {"lmtp", "smtp"} or not parts.hostname or not parts.port:
            raise ValueError("lmtp://host:port or smtp://host:port")
        return cls(parts.hostname, parts.port, parts.scheme == "lmtp")


class Taking:
    """What aiosmtpd asks of us."""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        """One address, signed by us."""
        if envelope.rcpt_tos:
            return ONE
        if read_token(address) is None:
            return NOBODY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Yes"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The letter, taken in a thread of its own."""
        content = envelope.original_content or b""
        return await asyncio.to_thread(
            answer_to, content, envelope.mail_from or "", list(envelope.rcpt_tos)
        )


def answer_to(content: bytes, envelope_from: str, receivers: list[str]) -> str:
    """Takes a letter and gives the answer for the mail server."""
    close_old_connections()
    try:
        found = take(read(content, envelope_from=envelope_from), receivers, now=timezone.now())
    except Unreadable:
        return UNREAD
    except Exception:  # the letter stays with the mail server until somebody has looked
        logger.exception("letter not taken")
        return AGAIN
    finally:
        _let_go()
    return {UNKNOWN: NOBODY, LATER: AGAIN}.get(found, OK)


def _let_go() -> None:
    """Gives the connection back, unless a transaction around us (a test's) owns it."""
    if not connection.in_atomic_block:
        connection.close()


class Listener:
    """Listens until told to stop; `port` is known once it has started."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.port = place.port
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Opens the door."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, self.place.host, self.place.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Closes the door; letters at hand are finished by their threads."""
        if self._server:
            self._server.close()
            await self._server.wait_closed()

    def _protocol(self) -> SMTP:
        kind = _Lmtp if self.place.is_lmtp else _Smtp
        return kind(
            Taking(),
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            hostname="sapwood",
            ident="Sapwood",
            timeout=60,
            loop=asyncio.get_running_loop(),
        )


def listen(text: str) -> None:
    """Listens at lmtp://host:port until SIGTERM or Ctrl+C. Raises ValueError and OSError."""
    asyncio.run(_until_told(Place.read(text)))


async def _until_told(place: Place) -> None:
    stopping, parent = asyncio.Event(), os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    listener = Listener(place)
    await listener.start()
    logger.info("listening for letters")
    while not stopping.is_set() and os.getppid() == parent:  # whoever started us may have died
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), timeout=2)
    await listener.stop()
