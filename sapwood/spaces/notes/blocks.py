"""A note as a row of blocks (a paragraph, a heading, a line of a list), and back to one text.

Blocks are what two people's changes are compared by. The text has passed the allow-list
(core/markup.py), so every tag is closed and every attribute stands in double quotes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import unescape

TAG = re.compile(r'<(/?)([a-z0-9]+)((?:\s+[a-z-]+="[^"]*")*)\s*/?>')
CONTAINERS = {"ul", "ol", "blockquote"}
LISTS = {"ul", "ol"}
LEAVES = {"p", "h2", "h3", "h4", "pre", "figure"}
VOID = {"br", "hr", "img"}
DEEPEST = 24  # levels of one text; what people write has five
SPACES = re.compile(r"[ \t\r\n]+")
AROUND = re.compile(r" ?(</?(?:li|p|h2|h3|h4|figure|figcaption|blockquote|ul|ol|br)>) ?")
ONLY_P = re.compile(r"^<p>((?:(?!</?p>).)*)</p>$", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """`path` says what it stands in, as ("ul", "ol"); `html` is the piece itself.

    A line of a list is `<li>…</li>` without the lists inside it; what follows such a list in the
    same line is a block with `is_more`.
    """

    path: tuple[str, ...]
    html: str
    is_more: bool = False

    @cached_property
    def key(self) -> str:
        """Equal for two blocks that read the same, however the editor wrote them."""
        html = self.html
        if not html.startswith("<pre"):
            html = AROUND.sub(r"\1", SPACES.sub(" ", html)).strip()
        return f"{'/'.join(self.path)}{'+' if self.is_more else ''}|{html}"

    @cached_property
    def text(self) -> str:
        """Its words, without marks."""
        return SPACES.sub(" ", unescape(TAG.sub(_spoken, self.html))).strip()

    @property
    def tag(self) -> str:
        """p, h2, li …; "" for words outside any."""
        found = TAG.match(self.html)
        return found[2] if found else ""


def _spoken(match: re.Match[str]) -> str:
    if match[2] == "img":
        alt = re.search(r'alt="([^"]*)"', match[3])
        return f" {alt[1]} " if alt else " "
    return " " if match[2] in {*VOID, *LEAVES, *CONTAINERS, "li", "figcaption"} else ""


def depth(html: str) -> int:
    """How many tags stand inside one another at the deepest place."""
    now = most = 0
    for tag in TAG.finditer(html):
        if tag[2] not in VOID:
            now += -1 if tag[1] else 1
            most = max(most, now)
    return most


def cut(html: str) -> list[Block]:
    """The blocks of a cleaned text, in order."""
    return _Cutting(html).blocks


class _Cutting:
    """One pass over the tags. `start` is where the piece begins that is being gathered."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.blocks: list[Block] = []
        self.path: list[str] = []
        self.open: list[str] = []  # tags inside the piece
        self.lines: list[bool] = []  # for each open <li>: whether its first part was given
        self.start = 0
        for tag in TAG.finditer(html):
            self._tag(tag)
        self._give(len(html))

    def _tag(self, tag: re.Match[str]) -> None:
        is_end, name = bool(tag[1]), tag[2]
        if self.open:
            self._inside(tag, name, is_end=is_end)
        elif name in CONTAINERS or (name == "li" and (self.lines or self._in_list)):
            self._frame(tag, name, is_end=is_end)
        elif not is_end and name in {*LEAVES, "li"} and not self._in_line:
            self._give(tag.start())
            self.open.append(name)
        elif name == "hr" and not self._in_line:
            self._give(tag.start())
            self._give(tag.end())
        elif not is_end and name not in VOID:
            self.open.append(name)

    def _inside(self, tag: re.Match[str], name: str, *, is_end: bool) -> None:
        if name in VOID:
            return
        if not is_end:
            self.open.append(name)
            return
        closed = self.open.pop()
        if not self.open and closed in {*LEAVES, "li"} and not self._in_line:
            self._give(tag.end())

    def _frame(self, tag: re.Match[str], name: str, *, is_end: bool) -> None:
        self._give(tag.start())
        if name == "li" and not is_end:
            self.lines.append(False)
        elif name == "li":
            if not self.lines.pop():
                self._add("")
        elif not is_end:
            if self._in_line and not self.lines[-1]:
                self._add("")
                self.lines[-1] = True
            self.path.append(name)
        elif self.path:
            self.path.pop()
        self.start = tag.end()

    @property
    def _in_list(self) -> bool:
        return bool(self.path) and self.path[-1] in LISTS

    @property
    def _in_line(self) -> bool:
        """True where the gathered piece belongs to a line of a list."""
        lists = sum(name in LISTS for name in self.path)
        return self._in_list and len(self.lines) >= lists > 0

    def _give(self, end: int) -> None:
        piece, self.start = self.html[self.start : end], end
        if not piece.strip():
            return
        if self._in_line:
            is_more, self.lines[-1] = self.lines[-1], True
            self._add(piece, is_more=is_more)
        else:
            self.blocks.append(Block(tuple(self.path), piece.strip()))

    def _add(self, inner: str, *, is_more: bool = False) -> None:
        only = ONLY_P.match(inner.strip())
        line = f"<li>{only[1] if only else inner.strip()}</li>"
        self.blocks.append(Block(tuple(self.path), line, is_more))


def join(blocks: Iterable[Block]) -> str:
    """One text again; neighbours in the same list become lines of one list."""
    out: list[str] = []
    path: list[str] = []
    lines: list[bool] = []  # for each container: whether a line of it is open

    def close(keep: int) -> None:
        while len(path) > keep:
            if lines.pop():
                out.append("</li>")
            out.append(f"</{path.pop()}>")

    for block in blocks:
        same = 0
        while same < min(len(path), len(block.path)) and path[same] == block.path[same]:
            same += 1
        close(same)
        for name in block.path[same:]:
            if path and path[-1] in LISTS and not lines[-1]:
                out.append("<li>")
                lines[-1] = True
            out.append(f"<{name}>")
            path.append(name)
            lines.append(False)
        out.append(_piece(block, path, lines))
    close(0)
    return "".join(out)


def _piece(block: Block, path: list[str], lines: list[bool]) -> str:
    if not (path and path[-1] in LISTS):
        return block.html
    inner = block.html.removeprefix("<li>").removesuffix("</li>")
    if block.is_more and lines[-1]:
        return inner
    before = "</li>" if lines[-1] else ""
    lines[-1] = True
    return f"{before}<li>{inner}"
