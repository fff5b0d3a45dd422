"""The A3 poster of a year: a title, the rings, what they hold, and the moments with a name."""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil

import msgspec

from sapwood.ledger.rings.colours import SANS, SERIF, THEMES, stylesheet
from sapwood.ledger.rings.lettering import lines
from sapwood.ledger.rings.standalone import XMLNS, described, opened

WIDTH, HEIGHT = 2970, 4200  # tenths of a millimetre
EDGE = 178
INNER = WIDTH - 2 * EDGE
COLUMN = 24  # named moments under one another
BOLD = 1.2  # how much wider than estimated a bold title can be, in the widest of common typefaces


class Words(msgspec.Struct, frozen=True):
    """Everything written on a poster, already in its reader's language."""

    title: str
    name: str
    period: str
    rings: Sequence[str]
    knots: Sequence[tuple[str, str]] = ()
    story: str = ""
    privacy: str = ""


def poster(picture: str, words: Words, theme: str = "light") -> str:
    """A standalone SVG of 297 × 420 mm around the picture that `full` drew."""
    heading, top = _heading(words.title)
    caption, caption_height = _caption(words)
    foot = HEIGHT - EDGE
    rule = foot - 120 - caption_height
    legend = rule - 190
    side = min(INNER, legend - top)
    about, drawing = described(opened(picture)[1])
    x, y = (WIDTH - side) / 2, top + (legend - top - side) / 2
    return "".join(
        [
            f'<svg xmlns="{XMLNS}" width="297mm" height="420mm" viewBox="0 0 {WIDTH} {HEIGHT}"'
            f' class="rings-svg" role="img">{about}<style>{stylesheet(theme)}{_styles(theme)}'
            f'</style><rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
            *heading,
            f'<g transform="translate({x:.1f} {y:.1f}) scale({side / 1000:.4f})">',
            drawing.removesuffix("</svg>"),
            "</g>",
            *_legend(words.rings, legend),
            f'<path class="rule" d="M{EDGE} {rule}H{WIDTH - EDGE}"/>',
            f'<g transform="translate(0 {rule})">',
            *caption,
            "</g>",
            *_foot(words, foot),
            "</svg>",
        ]
    )


def _styles(theme: str) -> str:
    ink, soft = THEMES[theme]["ink"], THEMES[theme]["ink-2"]
    return (
        f".title{{font-family:{SERIF};font-weight:700;fill:{ink}}}"
        f".words{{font-family:{SERIF};fill:{ink}}}.fine{{font-family:{SANS};fill:{soft}}}"
        f".rule{{fill:none;stroke:{ink};stroke-width:9}}.last{{text-anchor:end}}"
    )


def _heading(title: str) -> tuple[list[str], int]:
    """The title as large as it can be on at most three lines, and where the picture may begin."""
    room = INNER / BOLD
    size = next((s for s in (280, 230, 185) if len(lines(title, room / s)) <= 3), 150)
    rows = lines(title, room / size, at_most=3)
    step = round(size * 0.98)
    tags = [
        _text(row, EDGE, EDGE + round(size * 0.8) + i * step, size, "title")
        for i, row in enumerate(rows)
    ]
    return tags, EDGE + len(rows) * step


def _legend(names: Sequence[str], top: int) -> Iterator[str]:
    column = INNER // 4
    for k, name in enumerate(names):
        x = EDGE + k * column
        yield (
            f'<g class="no r{k}" transform="translate({x} {top + 12}) scale(2.2)">'
            f'<circle cx="18" cy="18" r="18"/><text x="18" y="18" dy=".36em">{k}</text></g>'
        )
        for i, row in enumerate(lines(name, (column - 130) / 50, at_most=2)):
            yield _text(row, x + 104, top + 66 + i * 58, 50, "words")


def _caption(words: Words) -> tuple[list[str], int]:
    """The story on the left, the knots on the right; the height they need together."""
    left, right = round(INNER * 0.53), round(INNER * 0.41)
    story = lines(words.story, left / 58, at_most=12) if words.story else []
    tags = [_text(row, EDGE, 120 + i * 84, 58, "words") for i, row in enumerate(story)]
    at, room = (WIDTH - EDGE - right, right) if story else (EDGE, INNER)
    knots, bottom = _knots(words.knots, at, room)
    return [*tags, *knots], max(40 + len(story) * 84, bottom) + 40


def _knots(knots: Sequence[tuple[str, str]], at: int, room: int) -> tuple[list[str], int]:
    """Every named moment: a few in full, many on one line each, more than 24 in columns."""
    size, rows = (58, 2) if len(knots) <= 8 else (36, 1)
    step, column = round(size * 1.45), room // max(1, ceil(len(knots) / COLUMN))
    tags, y, bottom = [], 0, 0
    for i, (letter, name) in enumerate(knots):
        if i % COLUMN == 0:
            y = 120
        x = at + i // COLUMN * column
        tags.append(_text(f"{letter}.", x, y, size, "words"))
        for row in lines(name, (column - 2.2 * size) / size, at_most=rows):
            tags.append(_text(row, x + round(1.6 * size), y, size, "words"))
            y += step
        bottom = max(bottom, y - step + 20)
    return tags, bottom


def _foot(words: Words, y: int) -> Iterator[str]:
    yield _text(f"{words.name}, {words.period}", EDGE, y, 46, "fine")
    yield _text("Sapwood", WIDTH - EDGE, y, 46, "fine last")
    if words.privacy:
        yield _text(words.privacy, EDGE, y + 66, 40, "fine")


def _text(row: str, x: int, y: int, size: int, cls: str) -> str:
    return f'<text class="{cls}" x="{x}" y="{y}" font-size="{size}">{escape(row)}</text>'
