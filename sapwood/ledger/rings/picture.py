"""The rings at full size: bands, grain, marks, months, the hand at today, and named knots.

Colours are left to CSS classes. Input in any order gives the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from math import pi, tau
from typing import NamedTuple

from sapwood.ledger.rings.geometry import (
    CENTRE,
    Radii,
    angle,
    closed_path,
    contours,
    point,
    radius_at,
)
from sapwood.ledger.rings.moment import RingMoment, in_year
from sapwood.ledger.rings.reading import letter

GOLDEN = 0.6180339887  # spreads marks over a ring's thickness without a pattern
GRAIN = 13  # units of wood to a grain line
LATEWOOD = 0.82  # lines crowd outward


class Placed(NamedTuple):
    """A moment and where it stands in the box."""

    moment: RingMoment
    x: float
    y: float


def full(
    moments: Iterable[RingMoment],
    year: int,
    seed: str,
    today: date | None = None,
    title: str = "",
    desc: str = "",
    months: Sequence[str] = "JFMAMJJASOND",
    uid: str = "rings",
) -> str:
    """SVG text of one year; `today` in that year washes the days not yet lived.

    `months` is twelve letters or short words; `uid` must be unique on the page.
    """
    own = in_year(moments, year)
    edges = contours(own, year, seed)
    placed = _placed(own, year, edges)
    now = angle(today, year) if today and today.year == year else None
    parts = [
        f'<svg class="rings-svg" viewBox="0 0 1000 1000" role="img"'
        f' aria-labelledby="{uid}-t {uid}-d"><title id="{uid}-t">{escape(title)}</title>'
        f'<desc id="{uid}-d">{escape(desc)}</desc>'
    ]
    parts += (_ring(k, edges[k], edges[k + 1]) for k in (3, 2, 1, 0))
    parts.append(f'<path class="bark" d="{closed_path([r + 7 for r in edges[4]])}"/>')
    parts += (_mark(place) for place in placed if not place.moment.knot)
    if now is not None:
        parts.append(_unwritten(now))
    parts += _months(year, months)
    if now is not None:
        parts.append(_hand(now))
    parts += (_number(k, edges[k], edges[k + 1]) for k in range(4))
    named = (place for place in placed if place.moment.knot)
    parts += (_knot(i, place) for i, place in enumerate(named))
    parts.append("</svg>")
    return "".join(parts)


def _ring(k: int, inner: Radii, outer: Radii) -> str:
    walls = list(zip(inner, outer, strict=True))
    lines = max(1, round(_mean(walls) / GRAIN))
    parts = [f'<g class="ring r{k}"><path class="band b{k}" d="{closed_path(outer)}"/>']
    for j in range(1, lines + 1):
        f = (j / (lines + 1)) ** LATEWOOD
        line = closed_path([a + (b - a) * f for a, b in walls[::2]])
        parts.append(f'<path class="grain" d="{line}"/>')
    parts.append(f'<path class="edge" d="{closed_path([r - 4 for r in outer])}"/></g>')
    return "".join(parts)


def _mean(walls: list[tuple[float, float]]) -> float:
    total = 0.0
    for inner, outer in walls:
        total += outer - inner
    return total / len(walls)


def _placed(own: list[RingMoment], year: int, edges: list[Radii]) -> list[Placed]:
    seen, out = [0, 0, 0, 0], []
    for moment in own:
        ring, t = moment.ring, angle(moment.day, year)
        a, b = radius_at(edges[ring], t), radius_at(edges[ring + 1], t)
        seen[ring] += 1
        depth = 0.2 + 0.6 * ((seen[ring] * GOLDEN) % 1)
        out.append(Placed(moment, *point(t, a + (b - a) * depth)))
    return out


def _mark(place: Placed) -> str:
    moment, x, y = place
    s, cls = 6.5 if moment.reflected else 4.6, moment.mark
    if moment.form == "formal":
        return (
            f'<rect class="{cls}" x="{x - s:.1f}" y="{y - s:.1f}"'
            f' width="{2 * s}" height="{2 * s}"/>'
        )
    return f'<circle class="{cls}" cx="{x:.1f}" cy="{y:.1f}" r="{s}"/>'


def _unwritten(now: float) -> str:
    (x1, y1), (x2, y2) = point(now, 480), point(tau - 1e-6, 480)
    arc = f"M500 500L{x1:.1f} {y1:.1f}A480 480 0 {int(now < pi)} 1 {x2:.1f} {y2:.1f}Z"
    return f'<path class="unwritten" d="{arc}"/>'


def _months(year: int, names: Sequence[str]) -> Iterator[str]:
    for i, name in enumerate(names):
        start = angle(date(year, i + 1, 1), year)
        (x1, y1), (x2, y2) = point(start, 438), point(start, 450)
        x3, y3 = point(angle(date(year, i + 1, 16), year), 466)
        yield (
            f'<path class="tick" d="M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}"/>'
            f'<text class="month" x="{x3:.0f}" y="{y3:.0f}" dy=".36em">{escape(name)}</text>'
        )


def _hand(now: float) -> str:
    (x1, y1), (x2, y2) = point(now, 30), point(now, 452)
    return (
        f'<path class="today" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'
        f'<circle class="today-dot" cx="{x2:.1f}" cy="{y2:.1f}" r="8"/>'
    )


def _number(k: int, inner: Radii, outer: Radii) -> str:
    """Ring numbers read up the January seam, like an axis."""
    y = CENTRE - (inner[0] + outer[0]) / 2
    return (
        f'<g class="no r{k}"><circle cx="500" cy="{y:.0f}" r="18"/>'
        f'<text x="500" y="{y:.0f}" dy=".36em">{k}</text></g>'
    )


def _knot(i: int, place: Placed) -> str:
    moment, x, y = place
    return (
        f'<g class="knot m{moment.ring}">'
        f'<circle class="halo" cx="{x:.0f}" cy="{y:.0f}" r="27"/>'
        f'<circle class="eye" cx="{x:.0f}" cy="{y:.0f}" r="20"/>'
        f'<text x="{x:.0f}" y="{y:.0f}" dy=".36em">{letter(i)}</text></g>'
    )
