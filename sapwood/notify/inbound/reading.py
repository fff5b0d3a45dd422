"""A letter as it came: bounds checked, headers read gently, words and files taken out."""

import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr
from functools import cached_property

from sapwood.notify.inbound.plain import is_file, words_of

LARGEST = 25 * 1024 * 1024  # bytes of a whole letter
MOST_PARTS = 200
MOST_DEEP = 20
MOST_FILES = 10
ORNAMENT = 12 * 1024  # bytes: pictures in the text below this belong to signatures
PASSED_OVER = {
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "text/calendar", "text/x-amp-html", "message/delivery-status", "text/rfc822-headers",
}  # fmt: skip
TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")


class Unreadable(Exception):
    """The letter breaks a bound; the text is a code: size, parts."""


@dataclass(frozen=True)
class File:
    """Something attached."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Incoming:
    """One letter; `envelope_from` is the return path, empty for mail that is about mail."""

    letter: Message
    raw: bytes
    envelope_from: str | None = None

    @cached_property
    def sender(self) -> str:
        """The one address it says it is from, in lower case; empty for none or several."""
        lines = [str(line) for line in self.letter.get_all("From", [])]
        found = [address for _name, address in getaddresses(lines) if "@" in address]
        return found[0].strip().lower() if len(found) == 1 and len(lines) == 1 else ""

    @cached_property
    def receivers(self) -> list[str]:
        """Every address in its headers that it may have been sent to."""
        lines = [str(line) for name in TO for line in self.letter.get_all(name, [])]
        return [address.strip() for _name, address in getaddresses(lines) if "@" in address]

    @cached_property
    def subject(self) -> str:
        """The subject in plain letters, one line."""
        raw = _unescaped(self.letter, "Subject")[:1000]
        try:
            text = str(make_header(decode_header(raw)))
        except (HeaderParseError, LookupError, ValueError):
            text = raw
        return " ".join(text.split())[:200]

    @cached_property
    def message_id(self) -> str:
        """What the sender's program called it, with its brackets; may be empty."""
        found = re.search(r"<[^<>\s]{1,400}>", str(self.letter.get("Message-ID", "")))
        return found.group() if found else ""

    @cached_property
    def key(self) -> str:
        """The same for the same letter however often it comes: of its id, else of its content."""
        body = self.raw.partition(b"\r\n\r\n")[2] or self.raw.partition(b"\n\n")[2]
        parts = [str(self.letter.get(name, "")) for name in ("Date", "From", "Subject")]
        named = self.message_id or "\0".join(parts) + hashlib.sha256(body).hexdigest()
        return hashlib.sha256(named.encode(errors="surrogateescape")).hexdigest()

    @cached_property
    def words(self) -> str:
        """All the text, with what it quotes."""
        return words_of(self.letter)

    @cached_property
    def files(self) -> list[File]:
        """What is attached; not signatures, invitations and small ornaments."""
        return [
            File(_file_name(part), data)
            for part in self.letter.walk()
            if (data := _attached(part)) is not None
        ]


def _unescaped(letter: Message, name: str) -> str:
    """A header's text; letters that some programs send without encoding them are UTF-8."""
    text = next(
        (str(value) for key, value in letter.raw_items() if key.lower() == name.lower()), ""
    )
    return text.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")


def read(raw: bytes, *, envelope_from: str | None = None) -> Incoming:
    """The letter in `raw`. Raises Unreadable."""
    if len(raw) > LARGEST:
        raise Unreadable("size")
    try:
        letter = message_from_bytes(raw)
        if _parts(letter) > MOST_PARTS:
            raise Unreadable("parts")
    except RecursionError:
        raise Unreadable("parts") from None
    return Incoming(letter, raw, envelope_from)


def _parts(letter: Message) -> int:
    """How many parts it has; a nest deeper than anybody writes counts as too many."""
    count, layer = 0, [letter]
    for _depth in range(MOST_DEEP):
        count += len(layer)
        if count > MOST_PARTS:
            break
        layer = [
            inner
            for part in layer
            if part.is_multipart()
            for inner in part.get_payload()
            if isinstance(inner, Message)
        ]
        if not layer:
            return count
    return MOST_PARTS + 1


def _attached(part: Message) -> bytes | None:
    """The bytes of an attached file, or None if this part is none."""
    kind = part.get_content_type()
    if part.is_multipart() or kind in PASSED_OVER:
        return None
    if part.get_content_maintype() == "text" and not is_file(part):
        return None
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        return None
    is_picture = part.get_content_maintype() == "image"
    in_text = part.get("Content-ID") and part.get_content_disposition() != "attachment"
    return None if is_picture and in_text and len(data) < ORNAMENT else data


def _file_name(part: Message) -> str:
    try:
        name = str(make_header(decode_header(part.get_filename() or "")))
    except (HeaderParseError, LookupError, ValueError):
        name = ""
    return name[:200] or "file"


def address_in(text: str) -> str:
    """The bare address in "Name <address>"."""
    return parseaddr(text)[1].strip().lower()
