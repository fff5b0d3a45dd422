"""What changed between two versions of a note, word by word, with a little of what stands around.

The pieces are drawn here, because only here every word is known to be escaped.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from sapwood.core.markup import drawn
from sapwood.spaces.notes.aligning import Matching, pairs
from sapwood.spaces.notes.blocks import TAG, VOID, Block, cut

MARKS = ("strong", "em", "u", "s", "code")
WORD = re.compile(r"\w+", re.UNICODE)
PIECE = re.compile(r"\s+|\w+|[^\w\s]")
ALT = re.compile(r'alt="([^"]*)"')
POINTS = re.compile(r'(?:href|data-upload)="([^"]*)"')
INNER = {"p", "figcaption", "blockquote"}  # inside a line or a figure these begin a new line
AROUND = 1  # unchanged blocks shown on each side of a change
FEW = 2  # unchanged words between longer changes
CONFETTI = 0.25  # less in common than this reads better as out and in, whole


@dataclass(frozen=True)
class Token:
    """A word, a sign or a space, with the marks it stands in and where it points to."""

    text: str
    marks: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True)
class Row:
    """One block, drawn; or, with `skipped`, how many unchanged ones were left out."""

    html: Any = ""
    shape: str = "p"
    deep: int = 0
    is_changed: bool = False
    skipped: int = 0


@dataclass(frozen=True)
class Difference:
    """The rows to show, and how many words came and went."""

    rows: list[Row]
    words_in: int
    words_out: int

    @property
    def is_empty(self) -> bool:
        """True if a reader would see no difference."""
        return not any(row.is_changed for row in self.rows)


Run = tuple[str, list[Token]]  # "same", "in" or "out"


def difference(old: str, new: str) -> Difference:
    """From one cleaned text to another."""
    before, after = cut(old), cut(new)
    rows: list[tuple[Block, list[Run]]] = []
    for at, to in pairs(before, after):
        was = before[at] if at is not None else None
        now = after[to] if to is not None else None
        rows.append((now or was or Block((), ""), runs(_tokens(was), _tokens(now))))
    counts = {kind: _words(rows, kind) for kind in ("in", "out")}
    return Difference(list(_with_context(rows)), counts["in"], counts["out"])


def marked(base: Sequence[Block], side: Sequence[Block]) -> list[Any]:
    """The blocks of one side of a clash, drawn with what is new in them."""
    return [
        draw(run for run in runs(_tokens(base[at] if at is not None else None), _tokens(side[to]))
             if run[0] != "out")
        for at, to in pairs(base, side) if to is not None
    ]  # fmt: skip


def runs(old: list[Token], new: list[Token]) -> list[Run]:
    """What stays, goes and comes, in order."""
    if old == new:
        return [("same", new)] if new else []
    whole: list[Run] = [("out", old), ("in", new)]
    matching = Matching(None, [repr(token) for token in old], [repr(token) for token in new])
    found: list[Run] = []
    i = j = 0
    for at, to, size in matching.get_matching_blocks():
        found += [("out", old[i:at]), ("in", new[j:to]), ("same", new[to : to + size])]
        i, j = at + size, to + size
    same = sum(len(token.text) for kind, tokens in found if kind == "same" for token in tokens)
    if 2 * same < CONFETTI * sum(len(token.text) for token in [*old, *new]):
        found = whole
    return _smooth([(kind, tokens) for kind, tokens in found if tokens])


def _smooth(found: list[Run]) -> list[Run]:
    """A sign, or a word or two, between longer changes belongs to both; neighbours join."""
    out: list[Run] = []
    went: list[Token] = []
    came: list[Token] = []

    def flush() -> None:
        out.extend((kind, list(kept)) for kind, kept in (("out", went), ("in", came)) if kept)
        went.clear()
        came.clear()

    for place, (kind, tokens) in enumerate(found):
        if kind == "out":
            went.extend(tokens)
        elif kind == "in":
            came.extend(tokens)
        elif place + 1 < len(found) and _is_between(tokens, went, came):
            went.extend(tokens)
            came.extend(tokens)
        else:
            flush()
            out.append((kind, tokens))
    flush()
    return out


def _is_between(tokens: list[Token], went: list[Token], came: list[Token]) -> bool:
    """True for so little unchanged text after a change that showing it apart confuses."""
    words = _count(tokens)
    return bool(went and came) and (not words or words <= FEW < _count(went) + _count(came) - 1)


def _count(tokens: Iterable[Token]) -> int:
    return sum(bool(WORD.search(token.text)) for token in tokens)


def _tokens(block: Block | None) -> list[Token]:
    return list(_read(block.html)) if block else []


def _read(html: str) -> Iterator[Token]:
    marks: list[str] = []
    href = ""
    at = 0
    for tag in [*TAG.finditer(html), None]:
        text = unescape(html[at : tag.start() if tag else len(html)])
        stand = tuple(name for name in MARKS if name in marks)
        for piece in PIECE.findall(text):
            yield Token(" " if piece.isspace() else piece, stand, href)
        if tag is None:
            return
        at = tag.end()
        name = tag[2]
        if name == "img":
            alt = ALT.search(tag[3])
            words = f"[{_('picture')}: {unescape(alt[1]) if alt else ''}]"
            yield Token(words, (), _points_to(tag[3]))
        elif name in VOID or (name in INNER and not tag[1] and at > len("<li><p>")):
            yield Token(" ")
        elif name == "a":
            href = "" if tag[1] else _points_to(tag[3])
        elif name in MARKS:
            marks.remove(name) if tag[1] and name in marks else marks.append(name)


def _points_to(attributes: str) -> str:
    found = POINTS.search(attributes)
    return found[1] if found else ""


def _words(rows: Iterable[tuple[Block, list[Run]]], kind: str) -> int:
    return sum(_count(tokens) for _block, found in rows for each, tokens in found if each == kind)


def _with_context(rows: list[tuple[Block, list[Run]]]) -> Iterator[Row]:
    changed = [any(kind != "same" for kind, _tokens in found) for _block, found in rows]
    skipped = 0
    for place, (block, found) in enumerate(rows):
        if not any(changed[max(0, place - AROUND) : place + AROUND + 1]):
            skipped += 1
            continue
        if skipped:
            yield Row(skipped=skipped)
            skipped = 0
        yield Row(draw(found), _shape(block), min(len(block.path), 3), changed[place])
    if skipped and any(changed):
        yield Row(skipped=skipped)


def _shape(block: Block) -> str:
    if block.tag in {"h2", "h3", "h4"}:
        return "heading"
    return "line" if block.tag == "li" else "p"


def draw(found: Iterable[Run]) -> Any:
    """Runs as markup: <ins> and <del>, with a word for those who cannot see how they look."""
    return drawn("".join(_draw_run(kind, tokens) for kind, tokens in found))


def _draw_run(kind: str, tokens: list[Token]) -> str:
    inner = "".join(
        _in_marks("".join(escape(token.text) for token in group), marks)
        for marks, group in groupby(tokens, key=lambda token: token.marks)
    )
    if kind == "same":
        return inner
    if kind == "in":
        return f"<ins>{_unseen(_('added:'))}{inner}{_unseen(_('end of added'))}</ins>"
    return f"<del>{_unseen(_('removed:'))}{inner}{_unseen(_('end of removed'))}</del>"


def _unseen(words: str) -> str:
    return f'<span class="vh"> {escape(words)} </span>'


def _in_marks(text: str, marks: tuple[str, ...]) -> str:
    for name in marks:
        text = f"<{name}>{text}</{name}>"
    return text
