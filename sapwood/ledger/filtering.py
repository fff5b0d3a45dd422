"""Which of one's own moments are asked for: read from an address, combined, counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from sapwood.core.prepared import Prepared
from sapwood.ledger.models import Moment, MomentQuerySet, Visibility
from sapwood.ledger.ways import OBJECTIVES, RINGS, WAYS, Form, Place
from sapwood.people.models import Person

LONGEST_SEARCH = 200
FLAGS = {
    "reflected": Q(reflected=True),
    "shared": Q(visibility=Visibility.PEOPLE),
    "outside": Q(place=Place.OUTSIDE),
    "named": ~Q(knot=""),
}
ICONS = {
    "reflected": "pencil",
    "shared": "users-round",
    "outside": "tree-pine",
    "named": "circle-dot",
}
MANY = ("ring", "form", "aim")
Option = tuple[str, str, Q, str, int | None, str]  # facet, value, condition, words, ring, icon


@dataclass(frozen=True)
class Choice:
    """One chip: what it filters, its words, whether it is on and what it would leave."""

    facet: str
    value: str
    label: str
    on: bool
    count: int
    query: str
    ring: int | None = None
    icon: str = ""


@dataclass(frozen=True)
class MomentFilter:
    """The question put to one's record; `year` None is all years."""

    year: int | None
    q: str = ""
    ring: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    aim: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    way: str = ""

    @classmethod
    def read(cls, query: QueryDict, this_year: int) -> Self:
        """From an address; what is unknown is left out."""
        year = query.get("year", "")
        way = query.get("way", "")
        known = {"ring": "0123", "form": Form.values, "aim": _AIMS}
        return cls(
            year=None if year == "all" else int(year) if _is_year(year) else this_year,
            q=query.get("q", "").strip()[:LONGEST_SEARCH],
            way=way if way in WAYS else "",
            flag=tuple(flag for flag in FLAGS if query.get(flag)),
            **{name: tuple(v for v in known[name] if v in query.getlist(name)) for name in MANY},
        )

    @property
    def is_plain(self) -> bool:
        """True if nothing but the year is chosen."""
        return self == MomentFilter(self.year)

    def pairs(self) -> list[tuple[str, str]]:
        """The names and values of the address."""
        found = [(name, value) for name in MANY for value in getattr(self, name)]
        found += [(flag, "1") for flag in self.flag]
        found += [(name, getattr(self, name)) for name in ("way", "q") if getattr(self, name)]
        return [("year", str(self.year or "all")), *found]

    def query(self, **more: str) -> str:
        """The address after the question mark."""
        query = QueryDict(mutable=True)
        for name, value in [*self.pairs(), *more.items()]:
            query.appendlist(name, value)
        return query.urlencode()

    def apply(self, moments: MomentQuerySet) -> MomentQuerySet:
        """Only the moments asked for."""
        return self._asked(moments).filter(*self._conditions().values())

    def choices(self, person: Person) -> dict[str, list[Choice]]:
        """Every chip with what it would leave, beside the other filters; one query."""
        options = list(self._options())
        counts = self._counts(person, options)
        found: dict[str, list[Choice]] = {}
        for facet, value, _q, label, ring, icon in options:
            chip = Choice(
                facet, value, label, value in getattr(self, facet),
                counts[f"{facet}_{value}"], self._toggled(facet, value).query(), ring, icon,
            )  # fmt: skip
            found.setdefault(facet, []).append(chip)
        return found

    def _counts(self, person: Person, options: list[Option]) -> dict[str, int]:
        if self.is_plain:
            since, until = (self.year or 1, self.year or 9999)
            found = _plain_counts(
                person=person.pk, since=date(since, 1, 1), until=date(until, 12, 31)
            )
            return found[0] if found else Counter()
        chips = {f"{facet}_{value}": self._left(facet, q) for facet, value, q, *_ in options}
        return self._asked(Moment.objects.of(person)).aggregate(**chips)

    def without_filters(self) -> Self:
        """The same year and nothing else."""
        return replace(self, q="", ring=(), form=(), aim=(), flag=(), way="")

    def in_year(self, year: int | None) -> Self:
        """The same question about another year."""
        return replace(self, year=year)

    def _asked(self, moments: MomentQuerySet) -> MomentQuerySet:
        moments = moments.in_year(self.year) if self.year else moments
        return moments.saying(self.q) if self.q else moments

    def _conditions(self) -> dict[str, Q]:
        found: dict[str, Q] = {}
        if self.way:
            found["way"] = Q(way=self.way)
        if self.ring:
            found["ring"] = Q(ring__in=self.ring)
        if self.form:
            found["form"] = Q(form__in=self.form)
        if self.aim:
            found["aim"] = Q(objectives__in=[n for a in self.aim for n in _serving(int(a))])
        found |= {f"flag_{flag}": FLAGS[flag] for flag in self.flag}
        return found

    def _left(self, facet: str, own: Q) -> Any:
        """How many would remain with this choice and what else is chosen outside its facet."""
        others = [q for name, q in self._conditions().items() if name != facet]
        for q in others:
            own &= q
        return Count("pk", filter=own)

    def _toggled(self, facet: str, value: str) -> Self:
        chosen = getattr(self, facet)
        rest = tuple(v for v in chosen if v != value)
        changed: dict[str, Any] = {facet: rest if value in chosen else (*chosen, value)}
        return replace(self, **changed)

    def _options(self) -> Iterator[Option]:
        words = {
            "reflected": _("I wrote about it"),
            "shared": _("Shared"),
            "outside": _("Outside work"),
            "named": _("With a name"),
        }
        for ring in reversed(RINGS):
            n = ring.number
            yield "ring", str(n), Q(ring=n), str(ring.short), n, ""
        for flag, q in FLAGS.items():
            yield "flag", flag, q, words[flag], None, ICONS[flag]
        for form in Form:
            yield "form", form.value, Q(form=form), str(form.label), None, ""
        for aim in OBJECTIVES:
            yield "aim", str(aim.value), Q(objectives__in=_serving(aim)), aim.label, None, ""


def _count_plainly(person: UUID, since: date, until: date) -> Any:
    """Nothing chosen, as the page opens: one row, or none without a moment."""
    asked = MomentFilter(None)
    chips = {f"{facet}_{value}": asked._left(facet, q) for facet, value, q, *_ in asked._options()}
    moments = Moment.objects.filter(person=person, occurred_on__range=(since, until))
    return moments.order_by().values("person").annotate(**chips)


_plain_counts = Prepared(_count_plainly)
_AIMS = [str(aim.value) for aim in OBJECTIVES]


def _serving(aim: int) -> list[int]:
    """The stored values that hold this objective among others."""
    return [n for n in range(16) if n & aim]


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == 4 and int(text) >= 1900
