"""Counts and the guidance profile, on four invented people."""

from datetime import date, timedelta
from math import isclose, sqrt

import pytest

from sapwood.ledger.mixes import (
    MANNER_OF,
    Entry,
    by_form,
    by_manner,
    by_objective,
    by_way,
)
from sapwood.ledger.profile import has_enough, profile, ring_share, variety, weigh, weight
from sapwood.ledger.ways import WAYS, Objective

START, UNTIL = date(2026, 1, 5), date(2026, 4, 5)


def spread(way: str, count: int, minutes: int, first: int = 0) -> list[Entry]:
    """`count` entries of one way on different days of the window."""
    days = [first + i * 90 // count for i in range(count)]
    return [Entry(START + timedelta(days=d), way, minutes) for d in days]


COURSE_GOER = spread("classroom_course", 4, 420) + spread("read_external", 5, 18)
MANY_SMALL = (
    spread("classroom_course", 2, 420)
    + spread("read_external", 35, 13)
    + spread("ask_answer", 20, 10)
    + spread("learning_by_doing", 42, 16)
)
MANAGER = (
    spread("elearning_module", 2, 60)
    + spread("facilitated_discussion", 2, 60)
    + spread("manager_conversation", 19, 36)
)
NEWCOMER = (
    spread("elearning_module", 3, 60) + spread("ask_answer", 1, 20) + spread("guided_ojt", 2, 120)
)


def by_minutes(entries: list[Entry]) -> list[float]:
    total = sum(e.minutes for e in entries)
    return [sum(e.minutes for e in entries if e.ring == k) / total for k in range(4)]


def test_every_way_has_a_manner():
    assert set(MANNER_OF) == set(WAYS)


def test_the_square_root_stands_between_minutes_and_counts():
    minutes, roots = by_minutes(MANY_SMALL)[0], ring_share(MANY_SMALL, smooth=False)[0]
    counts = 2 / len(MANY_SMALL)
    assert minutes > 0.35
    assert counts < 0.03
    assert counts < roots < minutes / 3


def test_a_course_goer_still_looks_like_one():
    raw, smooth = ring_share(COURSE_GOER, smooth=False), ring_share(COURSE_GOER)
    assert by_minutes(COURSE_GOER)[0] > 0.9
    assert 0.7 < raw[0] < 0.8
    assert 0.6 < smooth[0] < raw[0]
    assert smooth[2] == smooth[3] > 0 == raw[2]


def test_smoothing_steadies_a_young_record_most():
    def moved(entries):
        pairs = zip(ring_share(entries), ring_share(entries, smooth=False), strict=True)
        return max(abs(a - b) for a, b in pairs)

    assert min(moved(NEWCOMER), moved(COURSE_GOER)) > 3 * moved(MANY_SMALL)
    assert ring_share(MANAGER)[3] > 0.7
    for person in (COURSE_GOER, MANY_SMALL, MANAGER, NEWCOMER, []):
        assert isclose(sum(ring_share(person)), 1)


def test_weights_cap_the_day_and_the_crowd():
    day = date(2026, 3, 3)
    assert weight(Entry(day, "classroom_course", 600)) == sqrt(240)
    assert weight(Entry(day, "web_search")) == sqrt(10)
    assert weight(Entry(day, "web_search", 0)) == 0
    crowd = [Entry(day, "web_search", m) for m in (4, 9, 16, 25)]
    assert weigh(crowd) == [0, 3, 4, 5]
    assert weigh([*crowd, Entry(day, "mooc", 100)])[-1] == 10


def test_enough_is_five_entries_on_three_days():
    day = timedelta(days=1)
    assert not has_enough([Entry(START, "mooc")] * 9)
    assert not has_enough([Entry(START + i * day, "mooc") for i in range(4)])
    assert has_enough([Entry(START + i % 3 * day, "mooc") for i in range(5)])


def test_variety_is_the_effective_number_of_ways():
    assert variety([]) == 0
    assert variety([Entry(START, "mooc", 30)]) == 1
    even = [Entry(START, way, 30) for way in ("mooc", "coaching", "community", "web_search")]
    assert isclose(variety(even), 4)
    assert 1 < variety([*even[:1] * 3, even[1]]) < 2


def test_a_profile_of_nothing_and_of_something():
    empty = profile([], UNTIL)
    assert not empty.enough_data
    assert empty.ring_share == (0.25,) * 4
    assert empty.outside_share == empty.giving_share == empty.continuity == 0
    week = timedelta(days=7)
    found = profile(
        [
            Entry(UNTIL, "mooc", 25, has_goal=True),
            Entry(UNTIL - week, "own_content", 25),
            Entry(UNTIL - 2 * week, "community", 25),
            Entry(UNTIL - 12 * week, "web_search", 25, place="outside"),
            Entry(UNTIL - 13 * week, "web_search", 0),
        ],
        UNTIL,
    )
    assert found.outside_share == 0.5
    assert found.giving_share == pytest.approx(1.5 / 4)
    assert found.aligned_share == 0.25
    assert found.continuity == pytest.approx(4 / 13)


def test_bars_count_moments():
    entries = [
        Entry(START, "web_search", objectives=9),
        Entry(START, "web_search", objectives=Objective.EMPLOYABILITY),
        Entry(START, "mooc", form="formal"),
        Entry(START, "coaching"),
    ]
    assert [(b.key, b.count, b.part, b.ring) for b in by_way(entries)] == [
        ("web_search", 2, 1, 1), ("mooc", 1, 0.5, 1), ("coaching", 1, 0.5, 3),
    ]  # fmt: skip
    assert [(b.key, b.count) for b in by_form(entries)] == [
        ("formal", 1), ("non_formal", 0), ("informal", 3),
    ]  # fmt: skip
    assert [(b.key, b.count) for b in by_objective(entries)] == [
        ("employability", 2), ("personal_fulfilment", 1),
        ("active_citizenship", 0), ("social_inclusion", 0),
    ]  # fmt: skip
    assert [(b.label, b.count) for b in by_manner(entries)] == [
        ("Watching, reading", 2), ("Talking with people", 1), ("Being taught", 1),
    ]  # fmt: skip
    assert by_manner([]) == by_way([]) == []
