"""One year of a person's learning, put together for the rings page and the poster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sapwood.core.formats import FILTERS
from sapwood.home.picture import full_picture, trunk_of
from sapwood.ledger.mixes import Entry
from sapwood.ledger.models import Moment, Trunk
from sapwood.ledger.rings import Knot, RingMoment, knots, table
from sapwood.ledger.story import tell
from sapwood.ledger.ways import RINGS
from sapwood.people.models import Person

NOTHING = "nothing"  # the key of the sentence about an empty year: there is nothing to edit


@dataclass(frozen=True)
class Line:
    """A sentence of the story as its owner wants it; `is_own` if they changed it.

    `has_first` is False where the record no longer gives us words of our own for it.
    """

    key: str
    text: str
    is_own: bool
    has_first: bool = True


@dataclass(frozen=True)
class Year:
    """Everything a page about one year shows."""

    year: int
    trunk: Trunk
    moments: Sequence[RingMoment]
    entries: Sequence[Entry]
    today: date

    @property
    def is_current(self) -> bool:
        """True for the year that is being lived."""
        return self.year == self.today.year

    @cached_property
    def counts(self) -> list[int]:
        """Moments in rings 0 to 3."""
        return [sum(moment.ring == ring for moment in self.moments) for ring in range(4)]

    @cached_property
    def months(self) -> list[tuple[date, list[int]]]:
        """Rows of the table: months that have begun, each with four counts."""
        rows = table(self.moments, self.year)
        return [
            (date(self.year, i + 1, 1), row)
            for i, row in enumerate(rows)
            if date(self.year, i + 1, 1) <= self.today
        ]

    @cached_property
    def knots(self) -> list[Knot]:
        """The named moments with their letters."""
        return knots(self.moments, self.year)

    @property
    def title(self) -> str:
        """The heading of the page and of the picture."""
        return _("Your rings, %(year)s") % {"year": self.year}

    def picture(self, *, has_table: bool = True) -> str:
        """The large drawing; a poster has no table beside it."""
        moments = list(self.moments)
        return full_picture(
            moments, self.year, self.trunk, self.today, self.title, has_table=has_table
        )

    def story(self, own: Mapping[str, str]) -> tuple[list[Line], int]:
        """The sentences with the owner's changes by key, and how many they took out."""
        told = [s for s in tell(self.entries, self.year, self.today) if s.key != NOTHING]
        shown = [
            Line(s.key, own.get(s.key, s.text), s.key in own)
            for s in told
            if own.get(s.key, s.text)
        ]
        first = {s.key for s in told}
        shown += [
            Line(key, own[key], True, False) for key in sorted(own) if own[key] and key not in first
        ]
        return shown, sum(1 for s in told if own.get(s.key) == "")

    @property
    def period(self) -> str:
        """From the first of January to today, or the whole year."""
        last = self.today if self.is_current else date(self.year, 12, 31)
        return _("1 January to %(last)s") % {"last": FILTERS["fullday"](last)}

    @property
    def poster_title(self) -> str:
        """A headline that is true of this year."""
        total = sum(self.counts)
        if not total:
            return _("A year, not written yet")
        if self.counts[0] * 2 < total:
            return _("A year, mostly outside the classroom")
        return _("A year of learning")


def load_year(person: Person, year: int, today: date, *, reader: Person | None = None) -> Year:
    """One year: two queries. For a `reader` names of moments they may not see are left out."""
    named = None
    if reader:
        seen = Moment.objects.visible_to(reader).of(person).in_year(year)
        named = set(seen.exclude(knot="").values_list("pk", flat=True))
    rows = (
        Moment.objects.of(person)
        .in_year(year)
        .order_by("occurred_on", "cursor")
        .values_list(
            "occurred_on", "way", "minutes", "form", "place", "objectives", "reflected", "knot",
            "ring", "visibility", "pk",
        )
    )  # fmt: skip
    entries, moments = [], []
    for day, way, minutes, form, place, objectives, reflected, knot, ring, visibility, pk in rows:
        if named is not None and pk not in named:
            knot = ""
        entries.append(Entry(day, way, minutes, form, place, objectives, reflected, knot))
        moments.append(RingMoment(day, ring, form, reflected, visibility != "private", knot))
    return Year(year, trunk_of(person), moments, entries, today)


def years_of(person: Person) -> list[int]:
    """The years that hold a moment, newest first: one query."""
    return [
        day.year for day in Moment.objects.of(person).dates("occurred_on", "year", order="DESC")
    ]


def ring_rows(year: Year) -> list[dict[str, object]]:
    """The legend, living edge first."""
    return [
        {
            "ring": ring.number,
            "name": ring.name,
            "holds": ring.holds,
            "count": year.counts[ring.number],
            "said": ngettext("%(n)s moment", "%(n)s moments", year.counts[ring.number])
            % {"n": year.counts[ring.number]},
        }
        for ring in reversed(RINGS)
    ]
