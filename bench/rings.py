"""The rings picture: milliseconds to draw it large and small, and its bytes."""

import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.parts.report import QUICK, Figure, report
from sapwood.ledger.rings import RingMoment, full, small

YEAR = 2026
SEED = "a trunk of its own"
TIMES = 9 if QUICK else 41


def moments(count: int) -> list[RingMoment]:
    """A believable year: most of it in the outer rings."""
    random = Random(count)
    return [
        RingMoment(
            date(YEAR, 1, 1) + timedelta(days=random.randrange(365)),
            random.choices(range(4), (4, 26, 22, 48))[0],
            random.choice(["informal", "informal", "non_formal", "formal"]),
            reflected=random.random() < 0.25,
        )
        for _ in range(count)
    ]


def milliseconds(draw: object, *arguments: object) -> float:
    """The median of several drawings."""
    taken = []
    for _ in range(TIMES):
        start = perf_counter()
        draw(*arguments)  # type: ignore[operator]
        taken.append((perf_counter() - start) * 1000)
    return round(median(taken), 2)


def figures() -> list[Figure]:
    """Large and small, for a few and for many moments."""
    found = []
    for count, target in ((20, ""), (148, ""), (500, "<=15"), (2000, "")):
        own = moments(count)
        found.append(
            Figure(f"large, {count} moments", milliseconds(full, own, YEAR, SEED), "ms", target)
        )
        found.append(Figure(f"small, {count} moments", milliseconds(small, own, YEAR, SEED), "ms"))
        found.append(Figure(f"large, {count} moments: size", len(full(own, YEAR, SEED)), "bytes"))
    return found


if __name__ == "__main__":
    report(figures())
