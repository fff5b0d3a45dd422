"""What a card says about a linked page: its own title, description and picture."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from sapwood.core.fetcher import Page

TITLES = ("og:title", "twitter:title", "title")
TEXTS = ("og:description", "twitter:description", "description")
PICTURES = ("og:image:secure_url", "og:image", "twitter:image")
MOST_HEAD = 50_000  # letters of a page that are read: broken markup takes the square of it in time
UNKEPT = re.compile(r"[\x00\ud800-\udfff]")  # what no database keeps


@dataclass(frozen=True)
class Words:
    """Title, text and the address of a picture; each may be empty."""

    title: str = ""
    text: str = ""
    picture: str = ""


class _Head(HTMLParser):
    """Gathers <title> and <meta>; a page full of mistakes is read as far as it goes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and "title" not in self.found:
            self._in_title = True
        elif tag == "meta":
            given = dict(attrs)
            name = (given.get("property") or given.get("name") or "").lower()
            content = (given.get("content") or "").strip()
            if name and content:
                self.found.setdefault(name, content)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.found["title"] = self.found.get("title", "") + data


def read(page: Page) -> Words:
    """The words of a page; of a file that is not HTML, its name."""
    if page.content_type not in {"text/html", "application/xhtml+xml"}:
        name = unquote(PurePosixPath(urlsplit(page.url).path).name)
        return Words(title=name[:300])
    head = _Head()
    head.feed(page.text[:MOST_HEAD])
    head.close()
    title, text, picture = (_first(head.found, names) for names in (TITLES, TEXTS, PICTURES))
    return Words(title[:300], text[:600], urljoin(page.url, picture) if picture else "")


def _first(found: dict[str, str], names: tuple[str, ...]) -> str:
    texts = (" ".join(UNKEPT.sub("", found.get(name, "")).split()) for name in names)
    return next((text for text in texts if text), "")
