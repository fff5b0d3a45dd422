"""One offer at a time: what holds, what rests, and what the level asks for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sapwood.home.guidance.choose import Answer, Offer, best, candidates
from sapwood.home.guidance.facts import Facts, gather
from sapwood.home.guidance.rules import QUESTIONS, WAITING, rules
from sapwood.home.models import Level, Verdict
from sapwood.ledger.mixes import Entry
from sapwood.ledger.ways import WAYS, Objective, read_data

TODAY = date(2026, 10, 8)
NOW = datetime(2026, 10, 8, 9, tzinfo=UTC)


def entries(way: str, count: int, first: int = 1, step: int = 2, **fields: object) -> list[Entry]:
    return [Entry(TODAY - timedelta(days=first + step * i), way, **fields) for i in range(count)]


def choose(
    facts: Facts,
    answers: list[Answer],
    level: str,
    now: datetime,
    soon: frozenset[str] = frozenset(),
) -> Offer | None:
    return best(candidates(facts, answers, level, now), soon)


def offered(rows: list[Entry], level: str = Level.WALK, answers: list[Answer] | None = None) -> str:
    offer = choose(gather(rows, TODAY), answers or [], level, NOW)
    return offer.rule.id if offer else ""


def test_every_rule_of_the_file_is_asked_or_waits_for_something_named():
    known = {row["id"] for row in read_data("mix")["rules"]}
    assert known == set(QUESTIONS) | set(WAITING)
    assert not set(QUESTIONS) & set(WAITING)


def test_every_suggested_way_exists():
    assert {way for rule in rules() for way in rule.suggest} <= set(WAYS)


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([], "R01"),
        (entries("classroom_course", 6, first=20, minutes=240), "R02"),
        ([*entries("classroom_course", 1, first=3), *entries("web_search", 9, first=20)], "R03"),
        (entries("web_search", 4, first=2), "R04"),
        (
            [*entries("teaching_others", 6), *entries("own_content", 6),
             *entries("curate_for_others", 6), *entries("journal_reflection", 1, first=3)],
            "R07",
        ),
        (
            [*entries("learning_by_doing", 4), *entries("facilitated_discussion", 4),
             *entries("job_aid", 4), *entries("journal_reflection", 2, first=3)],
            "R08",
        ),
        (entries("read_external", 3, first=120), "R24"),
    ],
)  # fmt: skip
def test_a_record_brings_its_rule(rows: list[Entry], rule: str):
    assert offered(rows) == rule


def test_a_balanced_record_is_left_alone():
    mixed = ["learning_by_doing", "read_external", "facilitated_discussion", "external_event"]
    rows = [row for way in mixed for row in entries(way, 3, objectives=Objective.EMPLOYABILITY)]
    assert offered([*rows, *entries("journal_reflection", 3, first=2)]) == ""


def test_the_mirror_offers_nothing():
    assert offered([], Level.MIRROR) == ""


def test_walking_shows_up_to_three_choices_and_nudging_one():
    facts = gather([], TODAY)
    assert len(choose(facts, [], Level.WALK, NOW).ways) == 3
    assert len(choose(facts, [], Level.NUDGE, NOW).ways) == 1


def test_after_an_answer_nothing_comes_until_the_level_says_so():
    said = [Answer("R04", Verdict.LATER, NOW - timedelta(days=6))]
    assert offered([], Level.WALK, said) == ""
    said = [Answer("R04", Verdict.LATER, NOW - timedelta(days=8))]
    assert offered([], Level.WALK, said) == "R01"
    assert offered([], Level.NUDGE, said) == ""


def test_a_rule_rests_for_its_cooldown():
    rows = entries("web_search", 4, first=2)
    assert offered(rows, Level.WALK, [Answer("R04", Verdict.LATER, NOW - timedelta(days=20))]) == ""
    again = [Answer("R04", Verdict.LATER, NOW - timedelta(days=22))]
    assert offered(rows, Level.WALK, again) == "R04"


def test_not_for_me_lets_another_rule_go_first():
    rows = [*entries("classroom_course", 6, first=20, minutes=240), *entries("mooc", 1, first=16)]
    no = [Answer("R02", Verdict.NO, NOW - timedelta(days=40))]
    assert offered(rows) == "R02"
    assert offered(rows, answers=no) == "R04"


def test_not_for_me_keeps_it_away_for_three_months():
    """As the toast says, however short the rule's own rest is."""
    rows = entries("web_search", 4, first=2)
    for days, rule in ((22, ""), (91, ""), (93, "R04")):
        no = [Answer("R04", Verdict.NO, NOW - timedelta(days=days))]
        assert offered(rows, answers=no) == rule


def test_something_in_the_next_fortnight_goes_before_what_is_as_good():
    rows = [*entries("web_search", 13, first=31, step=3), *entries("classroom_course", 1, first=90)]
    found = candidates(gather(rows, TODAY), [], Level.WALK, NOW)
    scores = {candidate.offer.rule.id: candidate.score for candidate in found}
    assert scores["R04"] == scores["R09"]
    assert best(found, {"journal_reflection"}).rule.id == "R04"
    assert best(found, {"informal_event"}).rule.id == "R09"


def test_one_offer_in_five_comes_from_a_ring_that_is_still():
    rows = entries("web_search", 4, first=2)
    said = [Answer("R99", Verdict.LATER, NOW - timedelta(days=60 + i)) for i in range(4)]
    offer = choose(gather(rows, TODAY), said, Level.WALK, NOW)
    assert {way.ring for way in offer.ways} == {3}
    assert offer.rule.id == "explore"
    assert "Daily work" in offer.reason
    no = [*said[:3], Answer("explore", Verdict.NO, NOW - timedelta(days=60))]
    assert offered(rows, answers=no) == "R04"


def test_an_offer_says_only_its_own_reason():
    """Whatever turn it is: the ways are those of the rule that gave the reason."""
    rows = entries("web_search", 4, first=2)
    for turn in range(10):
        said = [Answer("R99", Verdict.LATER, NOW - timedelta(days=60 + i)) for i in range(turn)]
        offer = choose(gather(rows, TODAY), said, Level.WALK, NOW)
        assert offer.rule.id == "explore" or {w.id for w in offer.ways} <= set(offer.rule.suggest)


def test_the_same_record_gives_the_same_offer_in_any_order():
    rows = [*entries("web_search", 4, first=2), *entries("classroom_course", 1, first=3)]
    assert choose(gather(rows, TODAY), [], Level.WALK, NOW) == choose(
        gather(rows[::-1], TODAY), [], Level.WALK, NOW
    )
