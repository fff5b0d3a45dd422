"""Plain words: a first line for lists, paragraphs and links for reading."""

import re
from typing import NamedTuple

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s")


class Piece(NamedTuple):
    """A run of text, or a link when `href` is set."""

    text: str
    href: str = ""


def first_line(text: str, limit: int = 120) -> str:
    """The first sentence, cut at a word with "…" if it is longer than `limit` characters."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    line = SENTENCE_END.split(line, maxsplit=1)[0] if len(line) > limit else line
    if len(line) <= limit:
        return line
    cut = line[: limit - 1].rsplit(None, 1)[0] if " " in line[: limit - 1] else line[: limit - 1]
    return cut.rstrip(" ,;:.–-") + "…"


def paragraphs(text: str) -> list[list[list[Piece]]]:
    """Plain text as paragraphs of lines of pieces; addresses become links."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [[_pieces(line) for line in block.split("\n")] for block in blocks if block.strip()]


def _pieces(line: str) -> list[Piece]:
    pieces, at = [], 0
    for link in LINK.finditer(line):
        if link.start() > at:
            pieces.append(Piece(line[at : link.start()]))
        pieces.append(Piece(link.group(), link.group()))
        at = link.end()
    return [*pieces, Piece(line[at:])] if at < len(line) or not pieces else pieces


def links_in(text: str, most: int = 3) -> list[str]:
    """The first few addresses in a text, each once."""
    return list(dict.fromkeys(found.group() for found in LINK.finditer(text)))[:most]
