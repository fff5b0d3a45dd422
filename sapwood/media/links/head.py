"""The head of a page, read in one pass: time grows with the length alone, whatever the mistakes.

Python's own parser takes 14 seconds for 50 KB of "<a " (3.11; it is quadratic) and stops at "<![".
Here each letter is looked at a fixed number of times, and what is not understood is left out.
"""

import re
from html import unescape

MOST_HEAD = 1_000_000  # letters
MOST_TITLE = 2_000
MOST_TAG = 6_000
NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:-]{0,40}")
ATTRIBUTE = re.compile(
    r"""\s*([a-zA-Z][a-zA-Z0-9:_-]{0,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))"""
)
OTHER = re.compile(r"\s*[^\s<>]+")
HIDES = frozenset({"script", "style", "noscript", "template", "svg", "textarea", "iframe"})
ENDS = {name: re.compile(rf"</{name}\b", re.I) for name in HIDES}
END_OF_TITLE = re.compile(r"<(?:/title|meta\b|link\b|/head|body\b)", re.I)


def read_head(html: str) -> dict[str, str]:
    """The first value of each <meta> by its name in small letters, and "title"."""
    found: dict[str, str] = {}
    at, html = 0, html[:MOST_HEAD]
    while (start := html.find("<", at)) >= 0:
        if html.startswith("<!--", start):
            if (end := html.find("-->", start + 4)) < 0:
                break
            at = end + 3
            continue
        tag = NAME.match(html, start + 1)
        if tag is None:
            at = start + 1
            continue
        name, at = tag[0].lower(), tag.end()
        if name == "body":
            break
        if name in HIDES:
            closing = ENDS[name].search(html, at)
            if closing is None:
                break
            at = closing.end()
        elif name == "title" and "title" not in found:
            at = _title(html, at, found)
        elif name == "meta":
            at = _meta(html, at, found)
    return found


def _title(html: str, at: int, found: dict[str, str]) -> int:
    """Takes the title that opens before `at`; returns where it ends."""
    begin = html.find(">", at, at + MOST_TAG) + 1
    if not begin:
        return at
    end = END_OF_TITLE.search(html, begin, begin + MOST_TITLE)
    words = html[begin : end.start() if end else begin + MOST_TITLE]
    found["title"] = unescape(words)
    return end.start() if end else begin


def _meta(html: str, at: int, found: dict[str, str]) -> int:
    """Takes one <meta>; returns where reading goes on, never before where it came to."""
    given: dict[str, str] = {}
    limit = min(len(html), at + MOST_TAG)
    while match := ATTRIBUTE.match(html, at, limit) or OTHER.match(html, at, limit):
        if match.re is ATTRIBUTE:
            value = next(part for part in match.groups()[1:] if part is not None)
            given.setdefault(match[1].lower(), value)
        at = match.end()
    name = (given.get("property") or given.get("name") or "").strip().lower()
    if name and given.get("content"):
        found.setdefault(name, unescape(given["content"]))
    return at
