"""The same picture for people who read rather than look: a table, and the named moments."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sapwood.ledger.rings.moment import RingMoment, in_year


class Knot(NamedTuple):
    """A moment its owner named, with the letter it carries on the picture."""

    letter: str
    name: str
    day: date


def table(moments: Iterable[RingMoment], year: int) -> list[list[int]]:
    """Twelve months of four counts, January first, ring 0 first."""
    counts = [[0] * 4 for _ in range(12)]
    for moment in moments:
        if moment.day.year == year:
            counts[moment.day.month - 1][moment.ring] += 1
    return counts


def knots(moments: Iterable[RingMoment], year: int) -> list[Knot]:
    """The named moments in the order of the year."""
    named = [moment for moment in in_year(moments, year) if moment.knot]
    return [Knot(letter(i), moment.knot, moment.day) for i, moment in enumerate(named)]


def letter(i: int) -> str:
    """a to z, then aa, ab and so on, as many as a year needs."""
    i, last = divmod(i, 26)
    return (letter(i - 1) if i else "") + chr(ord("a") + last)
