"""A window of somebody's learning in a few numbers, for the mirror and for guidance.

Never a score: nothing here compares two people. The choices are data, in data/mix.yaml.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date
from math import exp, log, sqrt

import msgspec

from sapwood.ledger.mixes import Entry
from sapwood.ledger.ways import Place, read_data


class Numbers(msgspec.Struct, frozen=True):
    """The choices behind the profile; see `profile` in data/mix.yaml for their reasons."""

    minutes_cap: int
    same_way_a_day: int
    smoothing: int
    enough_entries: int
    enough_days: int
    weeks: int


NUMBERS = msgspec.convert(read_data("mix")["numbers"], Numbers)
GIVING = {"give": 1.0, "both": 0.5}


class Profile(msgspec.Struct, frozen=True):
    """A window of a person's learning in a handful of numbers; shares are 0 to 1."""

    entries: int
    enough_data: bool
    ring_share: tuple[float, ...]
    variety: float
    continuity: float
    outside_share: float
    giving_share: float
    aligned_share: float


def profile(entries: Iterable[Entry], until: date) -> Profile:
    """The profile of the entries given; `until` is the last day of their window."""
    own = list(entries)
    weights = weigh(own)
    return Profile(
        entries=len(own),
        enough_data=has_enough(own),
        ring_share=ring_share(own),
        variety=variety(own),
        continuity=continuity(own, until),
        outside_share=_mean([float(_is_outside(entry)) for entry in own], weights),
        giving_share=_mean([GIVING.get(entry.kind.direction, 0.0) for entry in own], weights),
        aligned_share=_mean([float(entry.has_goal) for entry in own], weights),
    )


def weight(entry: Entry) -> float:
    """The square root of its minutes: a course day does not drown a month of small moments."""
    minutes = entry.kind.default_minutes if entry.minutes is None else entry.minutes
    return sqrt(min(minutes, NUMBERS.minutes_cap))


def weigh(entries: Iterable[Entry]) -> list[float]:
    """The weights in order; beyond the third of a way in a day, the shortest add nothing."""
    own = list(entries)
    weights = [weight(entry) for entry in own]
    same: dict[Hashable, list[int]] = defaultdict(list)
    for i, entry in enumerate(own):
        same[entry.occurred_on, entry.way].append(i)
    for crowd in same.values():
        longest_first = sorted(crowd, key=lambda i: -weights[i])
        for i in longest_first[NUMBERS.same_way_a_day :]:
            weights[i] = 0.0
    return weights


def ring_share(entries: Iterable[Entry], smooth: bool = True) -> tuple[float, ...]:
    """Shares of rings 0 to 3, drawn a little towards even so that a young record doesn't swing.

    Unsmoothed for export; all zero then if there is nothing.
    """
    own = list(entries)
    extra = NUMBERS.smoothing if smooth else 0
    sums = [float(extra)] * 4
    for entry, heft in zip(own, weigh(own), strict=True):
        sums[entry.ring] += heft
    total = sum(sums)
    return tuple(part / total if total else 0.0 for part in sums)


def has_enough(entries: Iterable[Entry]) -> bool:
    """Enough to draw a mix; below that an invitation is kinder than a chart."""
    days = [entry.occurred_on for entry in entries]
    return len(days) >= NUMBERS.enough_entries and len(set(days)) >= NUMBERS.enough_days


def variety(entries: Iterable[Entry]) -> float:
    """The effective number of ways: exp of the entropy of their weights; 0 for nothing."""
    own = list(entries)
    sums: dict[str, float] = defaultdict(float)
    for entry, heft in zip(own, weigh(own), strict=True):
        sums[entry.way] += heft
    total = sum(sums.values())
    parts = [part / total for part in sums.values() if part]
    return exp(-sum(p * log(p) for p in parts)) if parts else 0.0


def continuity(entries: Iterable[Entry], until: date) -> float:
    """The part of the last thirteen weeks, ending on `until`, that hold at least one entry."""
    weeks = {(until - entry.occurred_on).days // 7 for entry in entries}
    return len(weeks & set(range(NUMBERS.weeks))) / NUMBERS.weeks


def _is_outside(entry: Entry) -> bool:
    return (entry.place or entry.kind.place) == Place.OUTSIDE


def _mean(values: list[float], weights: list[float]) -> float:
    total = sum(weights)
    if not total:
        return 0.0
    return sum(value * heft for value, heft in zip(values, weights, strict=True)) / total
