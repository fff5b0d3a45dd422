"""What a card says about a linked page: its own words, tidied and cut; of a file, its name."""

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from sapwood.core.charsets import known
from sapwood.core.fetcher import Page
from sapwood.core.seen import is_blank, tidy
from sapwood.media.links.head import read_head
from sapwood.media.links.identity import host_of

PAGES = frozenset({"text/html", "application/xhtml+xml"})
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
TITLES = ("og:title", "twitter:title", "title")
TEXTS = ("og:description", "twitter:description", "description")
SITES = ("og:site_name", "application-name")
IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
NAMED_CHARSET = re.compile(
    rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.I
)
# Types of files as people say them; others by the ending of their name.
ENDINGS = {"application/pdf": "PDF", "application/epub+zip": "EPUB", "text/plain": "TXT",
           "text/calendar": "ICS", "application/zip": "ZIP"}  # fmt: skip
MOST_TITLE, MOST_TEXT, MOST_SITE, MOST_ENDING = 200, 300, 80, 8
CUT_FROM = 5_000  # letters that are looked at of what may be endless


@dataclass(frozen=True)
class Words:
    """Each may be empty. `kind` is page, video, audio, picture or file; `picture` an address."""

    title: str = ""
    text: str = ""
    site: str = ""
    picture: str = ""
    kind: str = "page"
    ending: str = ""


def wanted(content_type: str) -> bool:
    """True for what is worth its bytes: pages and pictures; of the rest we only say what it is."""
    return content_type in PAGES or content_type in PICTURES or content_type == "application/json"


def read(page: Page) -> Words:
    """The words of a page; of anything else its name."""
    if page.content_type not in PAGES:
        return _file(page)
    found = read_head(_text(page))
    picture = _first(found, IMAGES, 2_000)
    kind = found.get("og:type", "").partition(".")[0].strip().lower()
    return Words(
        title=_first(found, TITLES, MOST_TITLE),
        text=_first(found, TEXTS, MOST_TEXT),
        site=_first(found, SITES, MOST_SITE),
        picture=absolute(page.url, picture),
        kind={"video": "video", "music": "audio"}.get(kind, "page"),
    )


def read_oembed(page: Page, kind: str) -> Words:
    """The words of a provider's answer about one of its films or sounds; its HTML is not read."""
    try:
        answer: Any = json.loads(page.text)
    except (ValueError, RecursionError):
        return Words(kind=kind)
    if not isinstance(answer, dict):
        return Words(kind=kind)
    found = {name: value for name, value in answer.items() if isinstance(value, str)}
    return Words(
        title=_first(found, ("title",), MOST_TITLE),
        text=_first(found, ("author_name",), MOST_TEXT),
        site=_first(found, ("provider_name",), MOST_SITE),
        picture=absolute(page.url, _first(found, ("thumbnail_url",), 2_000)),
        kind=kind,
    )


def absolute(base: str, url: str) -> str:
    """The whole address of what a page points to; empty unless it lies on the web."""
    try:
        whole = urljoin(base, url) if url else ""
    except ValueError:
        return ""
    return whole if whole.startswith(("http://", "https://")) else ""


def cut(text: str, most: int) -> str:
    """`text` in one line without letters that nobody sees, cut at a word with "…"."""
    line = tidy(text[:CUT_FROM])
    if is_blank(line):
        return ""
    if len(line) <= most:
        return line
    begun = line[: most - 1]
    whole = begun.rsplit(" ", 1)[0] if " " in begun[most // 2 :] else begun
    return whole.rstrip(" ,;:.–-") + "…"


def _first(found: dict[str, str], names: tuple[str, ...], most: int) -> str:
    texts = (cut(found.get(name, ""), most) for name in names)
    return next((text for text in texts if text), "")


def _file(page: Page) -> Words:
    """A picture, a film or a file: what it is called."""
    name = cut(unquote(PurePosixPath(urlsplit(page.url).path).name), MOST_TITLE)
    family = page.content_type.partition("/")[0]
    kind = {"image": "picture", "video": "video", "audio": "audio"}.get(family, "file")
    spelt = "".join(filter(str.isalnum, name.rpartition(".")[2] if "." in name else ""))
    ending = ENDINGS.get(page.content_type) or spelt[:MOST_ENDING].upper()
    return Words(title=name or host_of(page.url), kind=kind, ending=ending)


def _text(page: Page) -> str:
    """The page as text: by its header, else by what it says in its first letters."""
    if known(page.charset) or page.data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return page.text if known(page.charset) else page.data.decode(_mark(page.data), "replace")
    named = NAMED_CHARSET.search(page.data[:2_048])
    inside = known(named[1].decode()) if named else ""
    # A page that can say in plain letters what it is written in is not written in pairs of bytes.
    charset = "" if inside.startswith("utf-16") else inside
    return Page(page.url, page.content_type, charset, page.data).text


def _mark(data: bytes) -> str:
    """The alphabet that a byte order mark stands for."""
    return "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-16"
