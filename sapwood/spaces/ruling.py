"""Rules of belonging: who they would bring in or let go, and why; and doing it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sapwood.conversations.models import Membership
from sapwood.core.announcing import announce
from sapwood.people.models import Block, Person, PersonQuerySet
from sapwood.spaces.joining import hold
from sapwood.spaces.models import Leaving, Rule, Space
from sapwood.spaces.tasks import tell_ruled

SHOWN = 100
BATCH = 500


@dataclass(frozen=True)
class Change:
    """Somebody who would come or go, with the reason."""

    person: Person
    why: str


@dataclass(frozen=True)
class Preview:
    """What a set of rules would do now: the first hundred of each by name, and how many in all.

    `stays` counts members who would neither come nor go; `asked` are the rules in words.
    """

    joins: list[Change] = field(default_factory=list)
    leaves: list[Change] = field(default_factory=list)
    joining: int = 0
    leaving: int = 0
    stays: int = 0
    asked: str = ""

    @property
    def does_nothing(self) -> bool:
        """True if nobody comes and nobody goes."""
        return not (self.joining or self.leaving)

    @property
    def print(self) -> str:
        """Tells whether what was shown is still what would happen, by the same rules."""
        rules = sha256(self.asked.encode()).hexdigest()[:12]
        return f"{self.joining}-{self.leaving}-{rules}"


def fitting(rules: Sequence[Rule]) -> PersonQuerySet:
    """Active people whom at least one of the rules names."""
    people: PersonQuerySet = Person.objects.active()
    return people.filter(reduce(or_, [rule.holds() for rule in rules])) if rules else people.none()


def preview(space: Space, rules: Sequence[Rule]) -> Preview:
    """Who would join and who would leave, and why; a fixed number of queries."""
    coming, going = _coming(space, rules), _going(space, rules)
    joins = coming.select_related("unit").order_by("name", "pk")[:SHOWN]
    leaves = going.select_related("person__unit").order_by("person__name", "pk")[:SHOWN]
    leaving = going.count()
    return Preview(
        joins=[Change(person, _reason(person, rules)) for person in joins],
        leaves=[Change(row.person, _no_longer(row.person)) for row in leaves],
        joining=coming.count(),
        leaving=leaving,
        stays=space.audience.memberships.active().count() - leaving,
        asked="\n".join(in_words(rule) for rule in rules),
    )


def apply_rules(space: Space, *, now: datetime) -> tuple[int, int]:
    """Brings the members in line with the stored rules; gives (joined, left). Harmless twice."""
    with transaction.atomic():
        space = hold(space)
        if space.is_archived:
            return 0, 0
        rules = list(space.rules.select_related("unit"))
        new = [
            Membership(audience=space.audience, person_id=pk, origin=_RULE, since=now)
            for pk in _coming(space, rules).values_list("pk", flat=True)
        ]
        Membership.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
        left, _rows = _going(space, rules).delete()
        if new or left:
            announce("readers_changed", space.audience_id)
        if new:
            tell_ruled.enqueue(str(space.pk), now.isoformat())
    return len(new), left


def keep_rules(space: Space, rules: Sequence[Rule], *, now: datetime) -> tuple[int, int]:
    """Puts these rules in place of those before, and applies them."""
    with transaction.atomic():
        space.rules.all().delete()
        for rule in rules:
            rule.space = space
            rule.save(force_insert=True)
        return apply_rules(space, now=now)


def apply_all(now: datetime) -> None:
    """Every group with rules, and every one that still has members by a rule it lost."""
    by_rule = Membership.objects.filter(origin=_RULE).values("audience")
    ruled = Q(pk__in=Rule.objects.values("space")) | Q(audience__in=by_rule)
    for space in Space.objects.standing().filter(ruled):
        apply_rules(space, now=now)


_RULE = Membership.Origin.RULE


def _coming(space: Space, rules: Sequence[Rule]) -> PersonQuerySet:
    """Fits, is not in it, did not leave it, and no block keeps them apart from a steward."""
    members = space.audience.memberships.values("person")
    gone = Leaving.objects.filter(space=space).values("person")
    stewards = space.stewards().values("person")
    blocked = Block.objects.order_by().filter(blocker__in=stewards).values("blocked")
    blocking = Block.objects.order_by().filter(blocked__in=stewards).values("blocker")
    found: PersonQuerySet = fitting(rules).exclude(pk__in=members).exclude(pk__in=gone)
    return found.exclude(pk__in=blocked).exclude(pk__in=blocking)


def _going(space: Space, rules: Sequence[Rule]) -> Any:
    """Came by a rule, does no more than belong, and fits none."""
    theirs = space.audience.memberships.filter(origin=_RULE, role=Membership.Role.MEMBER)
    return theirs.active().exclude(person__in=fitting(rules).values("pk"))


def in_words(rule: Rule) -> str:
    """What a rule asks, as one line."""
    parts = [
        rule.unit and _("in %(unit)s or under it") % {"unit": rule.unit.name},
        rule.site and _("at %(site)s") % {"site": rule.site},
        rule.job_title and _("as %(job)s") % {"job": rule.job_title},
        rule.language and _("reads %(language)s") % {"language": name_of(rule.language)},
    ]
    return ", ".join(part for part in parts if part)


def name_of(language: str) -> str:
    """A language by its name."""
    return str(dict(settings.LANGUAGES).get(language, language))


def _reason(person: Person, rules: Sequence[Rule]) -> str:
    return next((in_words(rule) for rule in rules if _fits(person, rule)), "")


def _fits(person: Person, rule: Rule) -> bool:
    asked = (
        not rule.unit or bool(person.unit and person.unit.is_under(rule.unit)),
        not rule.site or person.site.lower() == rule.site.lower(),
        not rule.job_title or person.job_title.lower() == rule.job_title.lower(),
        not rule.language or person.language == rule.language,
    )
    return all(asked)


def _no_longer(person: Person) -> str:
    """Where somebody is now whom no rule fits any more."""
    unit = person.unit.name if person.unit else ""
    place = ", ".join(part for part in (person.job_title, unit, person.site) if part)
    return _("No rule fits: now %(place)s") % {"place": place} if place else _("No rule fits")
