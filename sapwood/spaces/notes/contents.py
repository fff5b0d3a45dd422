"""The table of contents of a note: its headings, each with an anchor that stays the same while
its words do."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from sapwood.core.markup import drawn
from sapwood.media.markup import plain
from sapwood.people.folding import fold

HEADING = re.compile(r"<h([234])>(.*?)</h\1>", re.DOTALL)
NOT_A_WORD = re.compile(r"[^\w]+")
FEWEST = 3  # headings from which a table helps
LONGEST = 60


@dataclass(frozen=True)
class Heading:
    """One line of the table. `level` is 2 to 4."""

    level: int
    text: str
    anchor: str


def anchored(html: Any) -> tuple[list[Heading], Any]:
    """The headings, and the text (cleaned, ready to show) with an id on each of them."""
    found: list[Heading] = []
    taken: set[str] = set()

    def mark(match: re.Match[str]) -> str:
        text = unescape(plain(match[2]))
        if not text:
            return match[0]
        anchor = _free(_anchor(text), taken)
        found.append(Heading(int(match[1]), text, anchor))
        return f'<h{match[1]} id="{anchor}">{match[2]}</h{match[1]}>'

    return found, drawn(HEADING.sub(mark, str(html)))


def _anchor(text: str) -> str:
    """Letters, digits and hyphens, in any script; the front keeps it apart from the page's own."""
    return "on-" + (NOT_A_WORD.sub("-", fold(text))[:LONGEST].strip("-") or "this")


def _free(anchor: str, taken: set[str]) -> str:
    free, number = anchor, 1
    while free in taken:
        number += 1
        free = f"{anchor}-{number}"
    taken.add(free)
    return free
