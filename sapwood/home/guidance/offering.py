"""The offer of the moment for one person, and what happens to their answers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sapwood.activities.models import Activity
from sapwood.home.guidance.choose import Answer, Offer, choose
from sapwood.home.guidance.facts import JOURNAL, gather, past_year
from sapwood.home.models import Company, Level, OfferAnswer
from sapwood.home.models.guidance import should_ask
from sapwood.ledger.models import Trunk
from sapwood.ledger.ways import Way
from sapwood.people.models import Person

KEPT_FOR = 600  # seconds; only what others newly offer can be that late


@dataclass(frozen=True)
class Choice:
    """One thing to do: a real activity where there is one, else the way itself."""

    way: Way
    title: str
    url: str
    minutes: int
    with_whom: str
    starts_at: datetime | None = None


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
    """Guidance from the person's past year, kept until their record, an answer or the day changes.

    The version of the trunk grows with each of these (see `answer`), so every process sees it.
    """
    today = person.today()
    key = f"guidance:{person.pk.hex}:{trunk.version}:{today:%Y%m%d}:{get_language()}"
    kept: Guidance | None = cache.get(key)
    if kept is None:
        kept = _work_out(person, today, now)
        cache.set(key, kept, KEPT_FOR)
    return kept


def _work_out(person: Person, today: date, now: datetime) -> Guidance:
    """At most four queries."""
    company = Company.objects.filter(person=person).first()
    level = company.level if company else Level.WALK
    asks = should_ask(person, company, now)
    if level == Level.MIRROR:
        return Guidance(level, asks, None)
    answers = [
        Answer(*row)
        for row in OfferAnswer.objects.of(person).values_list("rule", "verdict", "answered_at")
    ]
    offer = choose(gather(past_year(person, today), today), answers, level, now)
    return Guidance(level, asks, suggest(person, offer, now) if offer else None)


def suggest(person: Person, offer: Offer, now: datetime) -> Suggestion:
    """The offer with a concrete thing for each way: one query."""
    found = activities_for(person, [way.id for way in offer.ways], now)
    return Suggestion(
        rule=offer.rule.id,
        text=offer.rule.text,
        reason=offer.reason,
        choices=tuple(as_choice(way, found.get(way.id)) for way in offer.ways),
    )


def activities_for(person: Person, ways: list[str], now: datetime) -> dict[str, Activity]:
    """For each way the soonest thing the person can still join, if there is one."""
    open_ones = (
        Activity.objects.visible_to(person)
        .published()
        .filter(way__in=ways)
        .filter(Q(starts_at=None) | Q(starts_at__gt=now))
        .exclude(participations__person=person)
        .exclude(owner=person)
        .for_cards()
        .order_by("starts_at", "-published_at")[:30]
    )
    found: dict[str, Activity] = {}
    for activity in open_ones:
        if activity.way not in found or (activity.starts_at and not found[activity.way].starts_at):
            found[activity.way] = activity
    return found


def as_choice(way: Way, activity: Activity | None) -> Choice:
    """A choice for the page."""
    if activity:
        return Choice(
            way=way,
            title=activity.title,
            url=reverse("activity_show", args=[activity.pk]),
            minutes=activity.minutes or way.default_minutes,
            with_whom=_("from %(name)s") % {"name": activity.owner.name} if activity.owner else "",
            starts_at=activity.starts_at,
        )
    to_journal = way.id == JOURNAL
    return Choice(
        way=way,
        title=way.name,
        url=reverse("journal") if to_journal else f"{reverse('moment_new')}?way={way.id}",
        minutes=way.default_minutes,
        with_whom=_("with other people") if way.ring == 2 else "",
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
