"""Breaking text into lines where nobody can measure it: SVG has no line wrap of its own.

Widths are estimates for an old-style serif in units of the font size, on the generous side.
"""

NARROW, WIDE = set("iljtfrI.,;:'’‘“”!|()-·"), set("mwMW—@%")


def width(text: str) -> float:
    """Estimated width of a line at font size 1."""
    return sum(_advance(c) for c in text)


def lines(text: str, room: float, at_most: int = 99) -> list[str]:
    """Words filled into lines no wider than `room`; what does not fit ends in an ellipsis."""
    out: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            tried = f"{line} {word}".strip()
            if line and width(tried) > room:
                out.append(line)
                tried = word
            line = tried
        out.append(line)
    if len(out) > at_most:
        out = [*out[: at_most - 1], cut(" ".join(out[at_most - 1 :]), room)]
    return [cut(line, room) for line in out]


def cut(line: str, room: float) -> str:
    """The line itself, or as much of it as fits before an ellipsis."""
    if width(line) <= room:
        return line
    while line and width(line) + 0.8 > room:
        line = line[:-1]
    return line.rstrip(" ,;:.") + "…"


def _advance(c: str) -> float:
    if c == " ":
        return 0.26
    if c in NARROW:
        return 0.36
    if c in WIDE:
        return 0.9
    return 0.74 if c.isupper() else 0.53
