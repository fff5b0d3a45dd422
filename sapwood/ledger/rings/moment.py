"""What the picture is drawn from: one learning moment, reduced to what the eye can see."""

from collections.abc import Iterable
from datetime import date

import msgspec


class RingMoment(msgspec.Struct, frozen=True, order=True):
    """A moment on the picture. Ordering is total, so arrival order never shows."""

    day: date
    ring: int
    form: str = "informal"
    reflected: bool = False
    shared: bool = False
    knot: str = ""

    @property
    def growth(self) -> float:
        """How much wood this moment adds. Never shown to anybody as a number."""
        return 1 + 0.5 * self.reflected + 0.25 * self.shared

    @property
    def mark(self) -> str:
        """CSS classes of the mark: ring and form."""
        return f"mark m{self.ring} {self.form.replace('_', '')}"


def in_year(moments: Iterable[RingMoment], year: int) -> list[RingMoment]:
    """The moments of one year in their one true order."""
    return sorted(moment for moment in moments if moment.day.year == year)
