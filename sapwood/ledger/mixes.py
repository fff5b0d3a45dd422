"""What a person's learning is made of, in plain counts: by manner, way, form and purpose."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import msgspec

from sapwood.ledger.ways import (
    OBJECTIVES,
    WAYS,
    Form,
    Objective,
    Way,
    in_portuguese,
    read_data,
)


class Manner(msgspec.Struct, frozen=True):
    """An everyday word for several ways."""

    id: str
    en: str
    pt: str
    ways: frozenset[str]


MANNERS = msgspec.convert(read_data("manners")["manners"], tuple[Manner, ...])
MANNER_OF = {way: manner for manner in MANNERS for way in manner.ways}


class Entry(msgspec.Struct, frozen=True):
    """One moment as mixes, profile and story see it; what is left empty is as the way says."""

    occurred_on: date
    way: str
    minutes: int | None = None
    form: str = ""
    place: str = ""
    objectives: int = 0
    reflected: bool = False
    knot: str = ""
    has_goal: bool = False

    @property
    def kind(self) -> Way:
        """The way as data."""
        return WAYS[self.way]

    @property
    def ring(self) -> int:
        """0 to 3."""
        return self.kind.ring


class Bar(msgspec.Struct, frozen=True):
    """One row of a mix: a count, and its length as a part of the longest row, 0 to 1."""

    key: str
    label: str
    count: int
    part: float
    ring: int | None = None


def by_manner(entries: Iterable[Entry]) -> list[Bar]:
    """How it happened, most first; what never happened is left out.

    A manner is no ring: its ways stand in several, so its bar has no ring's colour.
    """
    counts = Counter(MANNER_OF[entry.way] for entry in entries)
    ranked = sorted((m for m in MANNERS if counts[m]), key=lambda m: -counts[m])
    most = max(counts.values(), default=1)
    return [
        Bar(m.id, m.pt if in_portuguese() else m.en, counts[m], counts[m] / most) for m in ranked
    ]


def by_way(entries: Iterable[Entry]) -> list[Bar]:
    """The ways used, most first."""
    counts = Counter(entry.way for entry in entries)
    ranked = sorted((way for way in WAYS.values() if counts[way.id]), key=lambda w: -counts[w.id])
    most = max(counts.values(), default=1)
    return [
        Bar(way.id, way.name, counts[way.id], counts[way.id] / most, way.ring) for way in ranked
    ]


def by_form(entries: Iterable[Entry]) -> list[Bar]:
    """In what form: all three, formal first."""
    counts = Counter(entry.form or entry.kind.form for entry in entries)
    most = max(counts.values(), default=1)
    return [Bar(f.value, str(f.label), counts[f.value], counts[f.value] / most) for f in Form]


def by_objective(entries: Iterable[Entry]) -> list[Bar]:
    """What it was for: all four aims; one moment can count in several, or in none."""
    counts = Counter(aim for entry in entries for aim in Objective(entry.objectives))
    most = max(counts.values(), default=1)
    return [
        Bar(str(aim.name).lower(), aim.label, counts[aim], counts[aim] / most) for aim in OBJECTIVES
    ]
