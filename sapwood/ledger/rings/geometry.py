"""The trunk in numbers: growth over a year becomes five closed contours.

Pure arithmetic with a fixed order of additions, so the same moments give the same
bytes on every machine and Python version. Lengths are units of a 1000-unit box.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache, reduce
from hashlib import blake2b
from math import cos, exp, pi, sin, sqrt, tau
from operator import add, mul

from sapwood.ledger.rings.moment import RingMoment

CENTRE = 500.0  # middle of the box
FIT = 412  # radius of the outermost point after fitting
PITH = 26.0  # radius of the centre nobody has to earn
BASE = 30  # thickness of a ring with no moments
GAIN = 190  # extra thickness a ring can approach, never reach
PACE = 1.8  # weekly rhythm that fills 63 % of GAIN
YEAR_SHARE = 0.8  # part of GAIN set by the whole year: keeps the trunk round
SIGMA = 13.0  # days; how far one moment spreads along the year
DAY_CAP = 2.0  # most growth one day can add to one ring
WAVES = (2, 3, 5, 8)  # the uneven outline that makes each trunk its owner's
FINE, COARSE = 72, 28  # points on a contour: full picture, avatar

Radii = list[float]
Span = tuple[int, int, list[float]]


def days_in(year: int) -> int:
    """365 or 366."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def angle(day: date, year: int) -> float:
    """Noon of the day in radians, clockwise from twelve o'clock."""
    return tau * ((day - date(year, 1, 1)).days + 0.5) / days_in(year)


def point(t: float, r: float) -> tuple[float, float]:
    """Where radius `r` at angle `t` lands in the box."""
    return CENTRE + r * sin(t), CENTRE - r * cos(t)


def radius_at(radii: Radii, t: float) -> float:
    """The contour's radius at angle `t`, between its sampled points."""
    x = t / tau * len(radii)
    i, u = int(x) % len(radii), x - int(x)
    return radii[i] * (1 - u) + radii[(i + 1) % len(radii)] * u


def contours(moments: Iterable[RingMoment], year: int, seed: str, n: int = FINE) -> list[Radii]:
    """Five contours of `n` radii: the pith, then the outer edge of rings 0 to 3."""
    days = days_in(year)
    bands = [_thicknesses(row, days, n) for row in _daily_growth(moments, year, days)]
    phases = _phases(seed)
    out: list[Radii] = [[PITH] * n, [], [], [], []]
    for j in range(n):
        t, r = tau * j / n, PITH
        for k in range(4):
            r += bands[k][j]
            out[k + 1].append(r * (1 + 0.013 * _wobble(t, phases, 0.35 * k)))
    scale = FIT / max(out[4])
    return [[r * scale for r in ring] for ring in out]


def closed_path(radii: Sequence[float], digits: int = 1) -> str:
    """A closed quadratic B-spline; T commands keep it short and smooth."""
    points = [
        (CENTRE + r * s, CENTRE - r * c)
        for r, (s, c) in zip(radii, _directions(len(radii)), strict=True)
    ]
    numbers: list[float] = []
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        numbers += ((ax + bx) / 2, (ay + by) / 2)
    return _template(len(points), digits) % (*numbers[-2:], *points[0], *numbers)


def _daily_growth(moments: Iterable[RingMoment], year: int, days: int) -> list[list[float]]:
    grid, first = [[0.0] * days for _ in range(4)], date(year, 1, 1)
    for moment in moments:
        if moment.day.year == year:
            row, i = grid[moment.ring], (moment.day - first).days
            row[i] = min(DAY_CAP, row[i] + moment.growth)
    return grid


def _thicknesses(row: list[float], days: int, n: int) -> list[float]:
    """The year's rhythm gives the ring its body, the local rhythm its swelling."""
    steady = YEAR_SHARE * _fill(sum(row) * 7 / days)
    if not any(row):
        return [BASE + GAIN * (steady + (1 - YEAR_SHARE) * _fill(0.0))] * n
    to_weekly = 7 / (SIGMA * sqrt(2 * pi))
    out = []
    for spans in _kernel(days, n):
        local = 0.0
        for start, stop, weights in spans:
            local = reduce(add, map(mul, row[start:stop], weights), local)
        out.append(BASE + GAIN * (steady + (1 - YEAR_SHARE) * _fill(local * to_weekly)))
    return out


def _fill(rhythm: float) -> float:
    """Saturating: the first moments in a quiet ring count most."""
    return 1 - exp(-rhythm / PACE)


def _phases(seed: str) -> list[float]:
    raw = blake2b(seed.encode(), digest_size=16).digest()
    return [tau * (raw[2 * i] * 256 + raw[2 * i + 1]) / 65536 for i in range(len(WAVES))]


def _wobble(t: float, phases: list[float], drift: float) -> float:
    total = 0.0
    for wave, phase in zip(WAVES, phases, strict=True):
        total += cos(wave * t + phase + drift) / wave
    return total


@lru_cache(maxsize=8)
def _kernel(days: int, n: int) -> list[list[Span]]:
    """For each of `n` angles, the days within reach and their Gaussian weights."""
    return [_spans(tau * j / n / tau * days, days) for j in range(n)]


def _spans(here: float, days: int) -> list[Span]:
    """Runs of neighbouring days, in calendar order; two when they wrap the year end."""
    spans: list[Span] = []
    for i in range(days):
        gap = abs(here - i - 0.5)
        gap = min(gap, days - gap)
        if gap < 4 * SIGMA:
            weight = exp(-0.5 * (gap / SIGMA) ** 2)
            if spans and spans[-1][1] == i:
                start, _, weights = spans[-1]
                spans[-1] = (start, i + 1, [*weights, weight])
            else:
                spans.append((i, i + 1, [weight]))
    return spans


@lru_cache(maxsize=8)
def _directions(n: int) -> list[tuple[float, float]]:
    return [(sin(tau * j / n), cos(tau * j / n)) for j in range(n)]


@lru_cache(maxsize=8)
def _template(n: int, digits: int) -> str:
    pair = f"%.{digits}f %.{digits}f"
    return f"M{pair}Q{pair} {pair}" + f"T{pair}" * (n - 1) + "Z"
