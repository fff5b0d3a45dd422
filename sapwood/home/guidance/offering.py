"""The offer of the moment for one person, and what happens to their answers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from sapwood.home.guidance.choose import SOON, Answer, Candidate, best, candidates
from sapwood.home.guidance.facts import gather, past_year
from sapwood.home.guidance.things import Choice, as_choice, things_for
from sapwood.home.models import Company, Level, OfferAnswer
from sapwood.home.models.guidance import ASK_AFTER
from sapwood.ledger.models import Trunk
from sapwood.people.models import Person

KEPT_FOR = 24 * 3600  # seconds; the key changes with the day


@dataclass(frozen=True)
class Standing:
    """What follows from the person's own record and answers alone; it may be kept."""

    level: str
    asks: bool
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Suggestion:
    """What the page shows: the offer's words, its reason, one to three choices."""

    rule: str
    text: str
    reason: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Guidance:
    """The level in force, whether to ask about it, and the suggestion, if any."""

    level: str
    asks: bool
    suggestion: Suggestion | None


def guidance_for(person: Person, trunk: Trunk, now: datetime) -> Guidance:
    """Guidance from the person's past year, and from what others offer at this very moment."""
    standing = standing_of(person, trunk, now)
    return Guidance(standing.level, standing.asks, suggest(person, standing.candidates, now))


def standing_of(person: Person, trunk: Trunk, now: datetime) -> Standing:
    """Kept until the person's record, an answer or the day changes.

    The version of the trunk grows with each of these (see `answer`), so every process sees it.
    Nothing of what others offer is in it: that can be withdrawn at any time.
    """
    today = person.today()
    key = f"standing:{person.pk.hex}:{trunk.version}:{today:%Y%m%d}:{get_language()}"
    kept: Standing | None = cache.get(key)
    if kept is None:
        kept = _work_out(person, today, now)
        cache.set(key, kept, KEPT_FOR)
    return kept


def _work_out(person: Person, today: date, now: datetime) -> Standing:
    """At most three queries. Who did not choose is asked eight weeks after their first moment:
    being imported is no beginning."""
    company = Company.objects.filter(person=person).first()
    level = company.level if company else Level.WALK
    if level == Level.MIRROR:
        return Standing(level, False, ())
    answers = [
        Answer(*row)
        for row in OfferAnswer.objects.of(person).values_list("rule", "verdict", "answered_at")
    ]
    entries, first_kept = past_year(person, today)
    asks = company is None and first_kept is not None and now - first_kept > ASK_AFTER
    return Standing(level, asks, candidates(gather(entries, today), answers, level, now))


def suggest(person: Person, found: tuple[Candidate, ...], now: datetime) -> Suggestion | None:
    """The best offer with a concrete thing for each way: one query, none without candidates."""
    ways = dict.fromkeys(way.id for candidate in found for way in candidate.offer.ways)
    things = things_for(person, list(ways), now) if ways else {}
    soon = {way for way, thing in things.items() if thing.starts_within(SOON, now)}
    offer = best(found, soon)
    if offer is None:
        return None
    return Suggestion(
        rule=offer.rule.id,
        text=offer.rule.text,
        reason=offer.reason,
        choices=tuple(as_choice(way, things.get(way.id)) for way in offer.ways),
    )


def answer(person: Person, rule: str, verdict: str, way: str = "") -> OfferAnswer:
    """Keeps what the person said; the next offer waits for its time."""
    with transaction.atomic():
        Trunk.touch(person.pk)
        return OfferAnswer.objects.create(
            person=person, rule=rule, verdict=verdict, way=way, answered_at=timezone.now()
        )


def take_back(person: Person, answer_pk: UUID) -> None:
    """Undoes one of the person's own answers."""
    with transaction.atomic():
        Trunk.touch(person.pk)
        OfferAnswer.objects.of(person).filter(pk=answer_pk).delete()


def choose_level(person: Person, level: str) -> None:
    """Keeps the level the person chose."""
    with transaction.atomic():
        Trunk.touch(person.pk)
        Company.choose(person, level)
