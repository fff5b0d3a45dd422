"""The picture is normative: these bytes were drawn by the design's reference code."""

import json
import random
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from sapwood.ledger.rings import RingMoment, full, knots, small, table
from sapwood.ledger.rings.reading import letter

DATA = Path(__file__).parent / "data"
CASES = json.loads((DATA / "rings_cases.json").read_text(encoding="utf-8"))
TITLE, DESC = "Rings & <years>", 'A "quiet" one'


def moments_of(case: dict) -> list[RingMoment]:
    return [RingMoment(date.fromisoformat(day), *rest) for day, *rest in case["moments"]]


def today_of(case: dict) -> date | None:
    return date.fromisoformat(case["today"]) if case["today"] else None


def digest(svg: str) -> str:
    return sha256(svg.encode()).hexdigest()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_same_bytes_as_the_reference_in_any_order(case):
    moments, year = moments_of(case), case["year"]
    for order in range(3):
        random.Random(order).shuffle(moments)
        assert (
            digest(full(moments, year, case["seed"], today_of(case), TITLE, DESC)) == case["full"]
        )
        assert digest(small(moments, year, case["seed"], f"Rings of {year}")) == case["small"]


def test_the_stored_picture_can_be_read_as_text():
    case = next(case for case in CASES if case["name"] == "a person's year")
    drawn = full(moments_of(case), 2026, "maya", today_of(case), TITLE, DESC)
    assert drawn == (DATA / "rings_full.svg").read_text(encoding="utf-8")
    drawn = small(moments_of(case), 2026, "maya", "Rings of 2026")
    assert drawn == (DATA / "rings_small.svg").read_text(encoding="utf-8")


def test_more_named_moments_than_letters():
    year = [RingMoment(date(2026, 1 + i % 12, 1 + i // 12), 3, knot=f"k{i}") for i in range(60)]
    svg = full(year, 2026, "x")
    assert svg.count('class="eye"') == 60
    assert ">z</text>" in svg
    assert ">aa</text>" in svg
    assert [letter(i) for i in (0, 25, 26, 51, 52, 701, 702)] == [
        "a", "z", "aa", "az", "ba", "zz", "aaa",
    ]  # fmt: skip


def test_another_years_today_washes_nothing():
    for today in (date(2025, 6, 1), date(2027, 6, 1), None):
        assert 'class="unwritten"' not in full([], 2026, "x", today)
    assert 'class="unwritten"' in full([], 2026, "x", date(2026, 6, 1))


def test_marks_say_form_and_ring_and_names_are_escaped():
    day = date(2026, 5, 5)
    svg = full(
        [RingMoment(day, 0, "formal"), RingMoment(day, 1, "non_formal"), RingMoment(day, 3)],
        2026,
        "x",
        title="<script>",
        months=["<b>"] * 12,
    )
    assert '<rect class="mark m0 formal"' in svg
    assert '<circle class="mark m1 nonformal"' in svg
    assert '<circle class="mark m3 informal"' in svg
    assert "<script>" not in svg
    assert "<b>" not in svg


def test_a_small_picture_is_small_and_decoration_is_silent():
    svg = small([RingMoment(date(2026, 5, 5), 2)], 2026, "x")
    assert len(svg) < 2048
    assert 'aria-hidden="true"' in svg
    assert 'aria-label="A &lt; B"' in small([], 2026, "x", "A < B")


def test_table_and_knots_tell_the_same_year():
    year = [
        RingMoment(date(2026, 1, 3), 1),
        RingMoment(date(2026, 1, 9), 1, knot="Second"),
        RingMoment(date(2026, 1, 8), 3, knot="First"),
        RingMoment(date(2025, 1, 8), 3, knot="Last year's"),
    ]
    rows = table(year, 2026)
    assert rows[0] == [0, 2, 0, 1]
    assert rows[1:] == [[0] * 4] * 11
    assert [tuple(knot) for knot in knots(year, 2026)] == [
        ("a", "First", date(2026, 1, 8)),
        ("b", "Second", date(2026, 1, 9)),
    ]
