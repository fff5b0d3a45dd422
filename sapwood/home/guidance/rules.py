"""The rules of data/mix.yaml that can be asked of today's record, each with its reason in words.

A rule of the file is either here or in WAITING, with what it waits for; a test holds this.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sapwood.core.formats import FILTERS
from sapwood.home.guidance.facts import Facts
from sapwood.ledger.ways import RINGS, Objective, in_portuguese, read_data

Reason = Callable[[Facts], str | None]


@dataclass(frozen=True)
class Rule:
    """One rule as data (mix.yaml) with its question in code."""

    id: str
    priority: int
    suggest: tuple[str, ...]
    cooldown_days: int
    en: str
    pt: str
    reason: Reason

    @property
    def text(self) -> str:
        """The offer in the active language."""
        return self.pt if in_portuguese() else self.en


def nothing_yet(facts: Facts) -> str | None:
    """R01: an empty record."""
    if facts.entries or facts.was_active_before:
        return None
    return _("Your rings are still empty, and the first moments show most.")


def mostly_courses(facts: Facts) -> str | None:
    """R02: ring 0 holds more than half."""
    if not facts.profile.enough_data or facts.profile.ring_share[0] <= 0.5:
        return None
    return _("Formal training takes up more than half of your last ninety days.")


def course_without_echo(facts: Facts) -> str | None:
    """R03: a course ended and nothing followed."""
    course = facts.unfollowed_course
    if course is None:
        return None
    return _("You kept a course on %(day)s and nothing that came of it yet.") % {
        "day": FILTERS["daymonth"](course.occurred_on)
    }


def empty_journal(facts: Facts) -> str | None:
    """R04: no journal in four weeks, though moments are kept."""
    if facts.journal_days or not facts.entries:
        return None
    return _("You have kept moments, but not written in your journal for four weeks.")


def gives_a_lot(facts: Facts) -> str | None:
    """R07: more than seven tenths of the weight goes to others."""
    if facts.profile.giving_share <= 0.7 or facts.profile.entries < 15:
        return None
    return _("Most of what you kept in ninety days was helping others.")


def all_inside(facts: Facts) -> str | None:
    """R08: nothing outside the organisation."""
    if facts.profile.outside_share or facts.profile.entries < 10:
        return None
    count = facts.profile.entries
    return ngettext(
        "Your %(count)s moment of the last ninety days happened inside the organisation.",
        "All %(count)s moments of your last ninety days happened inside the organisation.",
        count,
    ) % {"count": count}


def few_ways(facts: Facts) -> str | None:
    """R09: two or three ways carry everything."""
    if facts.profile.variety >= 2.5 or facts.profile.entries < 12:
        return None
    return _("Two or three ways make up nearly all of your last ninety days.")


def only_for_work(facts: Facts) -> str | None:
    """R21: one aim only."""
    if facts.profile.entries < 20 or facts.objectives != Objective.EMPLOYABILITY:
        return None
    return _("Every moment you gave a purpose was for doing your job well.")


def gone_quiet(facts: Facts) -> str | None:
    """R24: nothing for a month after something."""
    quiet = facts.quiet_days
    if quiet is None and not facts.was_active_before:
        return None
    if quiet is not None and quiet < 30:
        return None
    return _("Nothing was kept for a month or more. That is fine, and nothing is lost.")


def still_ring(facts: Facts) -> str | None:
    """A ring was not used: one suggestion in five looks there."""
    if facts.still_ring is None:
        return None
    return _(
        "Nothing you kept in ninety days is in the ring “%(ring)s”. "
        "One suggestion in five looks where you have not been."
    ) % {"ring": RINGS[facts.still_ring].name}


QUESTIONS: dict[str, Reason] = {
    "R01": nothing_yet,
    "R02": mostly_courses,
    "R03": course_without_echo,
    "R04": empty_journal,
    "R07": gives_a_lot,
    "R08": all_inside,
    "R09": few_ways,
    "R21": only_for_work,
    "R24": gone_quiet,
}
WAITING: dict[str, str] = {
    "R05": "groups to share with",
    "R06": "questions in groups",
    "R10": "goals",
    "R11": "goals",
    "R12": "goals",
    "R13": "the survey",
    "R14": "the survey and mentors",
    "R15": "the survey and communities",
    "R16": "the survey",
    "R17": "team spaces",
    "R18": "pairing",
    "R19": "one-to-ones",
    "R20": "challenges",
    "R22": "recognition",
    "R23": "legal hours",
}


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    return read_data("mix")


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules that can be asked today, in the order of the file."""
    return tuple(
        Rule(
            row["id"], row["priority"], tuple(row["suggest"]), row["cooldown_days"],
            row["en"], row["pt"], QUESTIONS[row["id"]],
        )
        for row in _file()["rules"]
        if row["id"] in QUESTIONS
    )  # fmt: skip


# mix.yaml `scoring.exploration`, which gives no words.
EXPLORE = Rule(
    id="explore",
    priority=0,
    suggest=(),
    cooldown_days=0,
    en="One part of your rings is still. Something small from there, to see whether it suits you?",
    pt="Uma parte dos seus anéis está parada. Quer algo pequeno daí, para ver se lhe serve?",
    reason=still_ring,
)


def is_offered(rule: str) -> bool:
    """True if an offer can come from this rule."""
    return rule in QUESTIONS or rule == EXPLORE.id


@lru_cache(maxsize=1)
def cadence() -> dict[str, int]:
    """Days between offers by level; 0 means none."""
    return {row["id"]: row["cadence_days"] for row in _file()["guidance_levels"]}
