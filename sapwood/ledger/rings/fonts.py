"""The typefaces that the picture engine finds on this machine, so that pictures keep their words.

The engine leaves text out without a word where it has none of the families asked for and the
generic `serif` and `sans-serif` stand for a family that is not installed.
"""

from functools import cache
from io import BytesIO
from typing import NamedTuple

SERIFS = (
    "Source Serif 4", "Iowan Old Style", "Palatino Linotype", "Palatino", "P052", "Georgia",
    "Gelasio", "Noto Serif", "Liberation Serif", "Tinos", "Times New Roman", "Times",
    "Nimbus Roman", "FreeSerif", "Droid Serif", "TeX Gyre Pagella", "Charter", "Cambria",
    "DejaVu Serif", "Bitstream Vera Serif",
)  # fmt: skip
SANS = (
    "Inter", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Helvetica", "Arial",
    "Liberation Sans", "Arimo", "Open Sans", "Source Sans 3", "Ubuntu", "Ubuntu Sans", "Cantarell",
    "Adwaita Sans", "Nimbus Sans", "FreeSans", "Droid Sans", "Lato", "DejaVu Sans",
    "Bitstream Vera Sans", "Verdana", "Tahoma",
)  # fmt: skip
ROW = 20  # pixels for each family on the sheet it is tried on


class Faces(NamedTuple):
    """The families that `serif` and `sans-serif` stand for."""

    serif: str
    sans: str


@cache
def faces() -> Faces | None:
    """The best of what is installed, or None where nothing can be written; asked once a process."""
    found = drawable((*SERIFS, *SANS))
    serif = next((name for name in SERIFS if name in found), None)
    sans = next((name for name in SANS if name in found), None)
    if not (serif or sans):
        return None
    return Faces(serif or str(sans), sans or str(serif))


def drawable(families: tuple[str, ...]) -> set[str]:
    """Those of `families` in which a letter leaves a trace on paper."""
    from PIL import Image
    from resvg_py import svg_to_bytes

    letters = "".join(
        f'<text x="2" y="{i * ROW + 16}" font-size="16" font-family="{name}">M</text>'
        for i, name in enumerate(families)
    )
    size = f'width="{ROW}" height="{len(families) * ROW}"'
    sheet = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{letters}</svg>'
    none = "no such family"  # else a family that is not there would be drawn in the engine's own
    drawn = svg_to_bytes(
        svg_string=sheet, font_family=none, serif_family=none, sans_serif_family=none
    )
    ink = Image.open(BytesIO(bytes(drawn))).getchannel("A")
    rows = ((0, i * ROW, ROW, (i + 1) * ROW) for i in range(len(families)))
    return {name for name, row in zip(families, rows, strict=True) if ink.crop(row).getbbox()}
