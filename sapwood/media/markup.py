"""Rich text with pictures: kept as ids, shown with signed addresses."""

import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from sapwood.core.markup import clean, drawn
from sapwood.media.addresses import address, srcset
from sapwood.media.models import Upload
from sapwood.people.models import Person

IMAGE = re.compile(r"<img\b[^>]*>")
ID = re.compile(r'data-upload="([0-9a-f-]{32,36})"')
ALT = re.compile(r'alt="([^"]*)"')
A_TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)
AN_EMPTY_LINE = re.compile(r"\n\s*\n")
SIZES = "(min-width: 60rem) 38rem, 92vw"


def upload_ids(html: str) -> list[UUID]:
    """Ids of the pictures in cleaned rich text, in order, each once."""
    found = []
    for text in ID.findall(html):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def stored(html: str, *, writer: Person, before: str = "") -> str:
    """What to keep of rich text: the allow-list, and only pictures the writer brought in, or that
    stood in the text `before`. Addresses of pictures are never kept."""
    safe = clean(html)
    own = set(Upload.objects.visible_to(writer).pictures().filter(pk__in=upload_ids(safe))
              .values_list("pk", flat=True))  # fmt: skip
    allowed = own | set(upload_ids(before))

    def keep(match: re.Match[str]) -> str:
        ids = upload_ids(match[0])
        if not ids or ids[0] not in allowed:
            return ""
        alt = ALT.search(match[0])
        return f'<img data-upload="{ids[0]}" alt="{alt[1] if alt else ""}">'

    kept = IMAGE.sub(keep, safe)
    Upload.objects.filter(pk__in=upload_ids(kept)).update(unused_since=None)
    return kept


def typed(text: str) -> str:
    """Rich text, also of what was typed without the editor: an empty line begins a paragraph."""
    text = text.replace("\r\n", "\n")
    is_rich = bool(A_TAG.search(text))
    blocks = [block.strip() for block in AN_EMPTY_LINE.split(text.strip()) if block.strip()]
    if not is_rich:
        lines = (escape(block, quote=False).replace("\n", "<br>") for block in blocks)
        return "".join(f"<p>{line}</p>" for line in lines)
    if len(blocks) < 2 or "<pre" in text:
        return text
    # Plain lines that were added to what stood there before, as marks.
    return "\n".join(
        block if A_TAG.search(block) else "<p>" + block.replace("\n", "<br>") + "</p>"
        for block in blocks
    )


def shown(html: str, person: Person) -> Any:
    """Stored rich text for a page that `person` may see: one query for all its pictures."""
    safe = clean(html)
    uploads = _by_id(upload_ids(safe))

    def draw(match: re.Match[str]) -> str:
        ids = upload_ids(match[0])
        upload = uploads.get(ids[0]) if ids else None
        if upload is None:
            return ""
        alt = ALT.search(match[0])
        several = srcset(upload, person)
        more = f' srcset="{escape(several)}" sizes="{SIZES}"' if several else ""
        return (
            f'<img data-upload="{upload.pk}" src="{escape(address(upload, person))}"{more}'
            f' width="{upload.width}" height="{upload.height}"'
            f' alt="{alt[1] if alt else escape(upload.alt)}" loading="lazy">'
        )

    return drawn(IMAGE.sub(draw, safe))


def _by_id(ids: Iterable[UUID]) -> dict[UUID, Upload]:
    wanted = list(ids)
    return Upload.objects.pictures().in_bulk(wanted) if wanted else {}


class _Words(HTMLParser):
    """Gathers the text between tags."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(" ")


def plain(html: str) -> str:
    """The words of rich text, without markup, single-spaced."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())
