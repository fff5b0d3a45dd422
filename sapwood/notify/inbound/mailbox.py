"""The other way in: a mailbox that is looked into every two minutes, over IMAP with TLS."""

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from urllib.parse import unquote, urlsplit

from sapwood.notify.inbound.reading import LARGEST, Unreadable, read
from sapwood.notify.inbound.taking import LATER, take

AT_ONCE = 50  # letters a look
EVERY = 120  # seconds from one look to the next
SECONDS = 20
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
logger = logging.getLogger("sapwood.inbound")


def look_into(url: str, *, now: datetime, context: ssl.SSLContext | None = None) -> int:
    """Takes what is unread in the mailbox at imaps://user:password@host/folder; says how many.

    What was dealt with is marked as read; what has to wait stays unread for the next look.
    """
    count = 0
    with _opened(url, context) as box:
        _status, found = box.uid("search", "UNSEEN")
        for uid in _turn((found[0] or b"").split(), now):
            raw = _fetch(box, uid.decode())
            if raw is None or _take(raw, now) != LATER:
                box.uid("store", uid.decode(), "+FLAGS", r"(\Seen)")
                count += 1
    return count


def _turn(uids: list[bytes], now: datetime) -> list[bytes]:
    """Whose turn it is: of a long row another part each look, so that letters that have to wait
    keep nobody else waiting."""
    if len(uids) <= AT_ONCE:
        return uids
    start = int(now.timestamp()) // EVERY * AT_ONCE % len(uids)
    return [*uids[start:], *uids[:start]][:AT_ONCE]


def _take(raw: bytes, now: datetime) -> str:
    """One bad letter does not keep the others waiting."""
    try:
        incoming = read(raw)
        return take(incoming, incoming.receivers, now=now)
    except Unreadable:
        return "unreadable"
    except Exception:
        logger.exception("letter not taken")
        return LATER


def _fetch(box: imaplib.IMAP4, uid: str) -> bytes | None:
    """The letter, not marked as read; None for one that is too large or gone."""
    _status, sizes = box.uid("fetch", uid, "(RFC822.SIZE)")
    size = SIZE.search(sizes[0]) if sizes and isinstance(sizes[0], bytes) else None
    if size is None or int(size.group(1)) > LARGEST:
        return None
    _status, parts = box.uid("fetch", uid, "(BODY.PEEK[])")
    return next((part[1] for part in parts or [] if isinstance(part, tuple)), None)


@contextmanager
def _opened(url: str, context: ssl.SSLContext | None) -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(url)
    if parts.scheme != "imaps" or not parts.hostname:
        raise ValueError("SAPWOOD_IMAP_URL is imaps://user:password@host/folder")
    safe = context or ssl.create_default_context()
    box = imaplib.IMAP4_SSL(parts.hostname, parts.port or 993, ssl_context=safe, timeout=SECONDS)
    try:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        status, _count = box.select('"' + folder.replace('"', "") + '"')
        if status != "OK":
            raise ConnectionError("the folder cannot be opened")
        yield box
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()
