"""The rings at avatar size: four flat bands, no marks, about a kilobyte."""

from collections.abc import Iterable
from html import escape

from sapwood.ledger.rings.geometry import COARSE, FIT, closed_path, contours
from sapwood.ledger.rings.moment import RingMoment

REACH = 490  # radius of the outermost point


def small(moments: Iterable[RingMoment], year: int, seed: str, label: str = "") -> str:
    """SVG text; without a label it is decoration and hidden from screen readers."""
    scale = REACH / FIT
    edges = contours(moments, year, seed, COARSE)
    voice = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    bands = "".join(
        f'<path class="band b{k}" d="{closed_path([r * scale for r in edges[k + 1]], 0)}"/>'
        for k in (3, 2, 1, 0)
    )
    return f'<svg class="rings-svg is-small" viewBox="0 0 1000 1000" {voice}>{bands}</svg>'
