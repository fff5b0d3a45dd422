"""Choosing one offer, or none: pure, so that the same record and answers give the same offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sapwood.home.guidance.facts import Facts
from sapwood.home.guidance.rules import Rule, cadence, rules
from sapwood.home.models import Level, Verdict
from sapwood.ledger.ways import WAYS, Way, ways_in_ring

CHOICES = {Level.WALK: 3, Level.NUDGE: 1, Level.MIRROR: 0}
EXPLORE_EVERY = 5  # one offer in five comes from a ring not used in the window
FORGET_NO = timedelta(days=90)


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


def is_resting(rule: Rule, answers: Sequence[Answer], now: datetime) -> bool:
    """True while the rule's cool-down runs after the last answer to it."""
    rest = timedelta(days=rule.cooldown_days)
    return any(a.rule == rule.id and now - a.at < rest for a in answers)


def score(
    rule: Rule, ways: Sequence[Way], facts: Facts, answers: Sequence[Answer], now: datetime
) -> float:
    """mix.yaml `scoring`, as far as today's record can tell."""
    refused = any(
        a.rule == rule.id and a.verdict == Verdict.NO and now - a.at < FORGET_NO for a in answers
    )
    is_new = any(way.id not in facts.ways for way in ways)
    return rule.priority + 0.3 * is_new - 1.5 * refused


def pick_ways(rule: Rule, facts: Facts, explore: bool, most: int) -> tuple[Way, ...]:
    """The ways of the rule, at most `most`; when exploring, one of an unused ring comes first."""
    ways = [WAYS[name] for name in rule.suggest]
    if explore and (still := [ring for ring in (3, 2, 1) if ring not in facts.rings]):
        fresh = [way for way in ways if way.ring in still] or [
            min(ways_in_ring(still[0]), key=lambda way: way.default_minutes)
        ]
        ways = [fresh[0], *(way for way in ways if way != fresh[0])]
    return tuple(ways[:most])


def choose(facts: Facts, answers: Sequence[Answer], level: str, now: datetime) -> Offer | None:
    """The one offer for now; None for the mirror, between two offers, or when no rule holds."""
    most, days = CHOICES[Level(level)], cadence()[level]
    if not most or any(now - answer.at < timedelta(days=days) for answer in answers):
        return None
    explore = len(answers) % EXPLORE_EVERY == EXPLORE_EVERY - 1
    best: tuple[float, int, Offer] | None = None
    for rule in rules():
        if is_resting(rule, answers, now) or (reason := rule.reason(facts)) is None:
            continue
        ways = pick_ways(rule, facts, explore, most)
        rank = (score(rule, ways, facts, answers, now), -min(way.default_minutes for way in ways))
        if best is None or rank > best[:2]:
            best = (*rank, Offer(rule, reason, ways))
    return best[2] if best else None
