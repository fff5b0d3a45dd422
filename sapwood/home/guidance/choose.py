"""Choosing one offer, or none: pure, so that the same record and answers give the same offer."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sapwood.home.guidance.facts import Facts
from sapwood.home.guidance.rules import EXPLORE, Rule, cadence, rules
from sapwood.home.models import Level, Verdict
from sapwood.ledger.ways import WAYS, Way, ways_in_ring

CHOICES = {Level.WALK: 3, Level.NUDGE: 1, Level.MIRROR: 0}
EXPLORE_EVERY = 5  # one offer in five comes from a ring not used in the window
FORGET_NO = timedelta(days=92)  # three months, as the person is told
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Answer:
    """What the person said before: rule, verdict and when."""

    rule: str
    verdict: str
    at: datetime


@dataclass(frozen=True)
class Offer:
    """A rule that holds, the reason in words, and the ways it suggests."""

    rule: Rule
    reason: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Candidate:
    """An offer with its score, as far as the person's own record can tell."""

    offer: Offer
    score: float


def is_resting(rule: Rule, answers: Sequence[Answer], now: datetime) -> bool:
    """True while the rule's cool-down runs after an answer; after a no, three months at least."""
    rest = timedelta(days=rule.cooldown_days)
    return any(
        a.rule == rule.id
        and now - a.at < (max(rest, FORGET_NO) if a.verdict == Verdict.NO else rest)
        for a in answers
    )


def score(rule: Rule, ways: Iterable[Way], facts: Facts) -> float:
    """mix.yaml `scoring`, as far as today's record can tell; what was refused rests anyway."""
    return rule.priority + 0.3 * any(way.id not in facts.ways for way in ways)


def candidates(
    facts: Facts, answers: Sequence[Answer], level: str, now: datetime
) -> tuple[Candidate, ...]:
    """What could be offered now; nothing for the mirror and between two offers.

    One time in five it is a ring the person has not used, with its own reason.
    """
    most, days = CHOICES[Level(level)], cadence()[level]
    if not most or any(now - answer.at < timedelta(days=days) for answer in answers):
        return ()
    found = []
    for rule in rules():
        if is_resting(rule, answers, now) or (reason := rule.reason(facts)) is None:
            continue
        ways = tuple(WAYS[name] for name in rule.suggest[:most])
        found.append(Candidate(Offer(rule, reason, ways), score(rule, ways, facts)))
    if found and len(answers) % EXPLORE_EVERY == EXPLORE_EVERY - 1:
        found = explored(facts, answers, most, now) or found
    return tuple(found)


def explored(facts: Facts, answers: Sequence[Answer], most: int, now: datetime) -> list[Candidate]:
    """The shortest ways of a ring that is still, when there is one."""
    reason = EXPLORE.reason(facts)
    if facts.still_ring is None or reason is None or is_resting(EXPLORE, answers, now):
        return []
    ways = sorted(ways_in_ring(facts.still_ring), key=lambda way: way.default_minutes)
    return [Candidate(Offer(EXPLORE, reason, tuple(ways[:most])), EXPLORE.priority)]


def best(found: Sequence[Candidate], soon: Container[str] = ()) -> Offer | None:
    """The one offer; `soon` holds the ways with something to join in the next fourteen days."""
    if not found:
        return None

    def rank(candidate: Candidate) -> tuple[float, int]:
        ways = candidate.offer.ways
        happens = any(way.id in soon for way in ways)
        return candidate.score + 0.4 * happens, -min(way.default_minutes for way in ways)

    return max(found, key=rank).offer
