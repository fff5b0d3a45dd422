"""What somebody looks for among people: words, a tag, a unit, their site, a language."""

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, Value, When
from django.http import QueryDict
from django.urls import reverse

from sapwood.people.models import Person, PersonQuerySet, Skill, Unit
from sapwood.people.models.person import says_ask_about
from sapwood.people.skills import find_skill
from sapwood.people.tongues import CODES, tongue_name

MOST_TONGUES = 3
PAGE = 30


class Counted(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, rows: Any, size: int, *, total: int) -> None:
        super().__init__(rows, size)
        self.count = total


@dataclass(frozen=True)
class Looking:
    """One question about people, as its address says it."""

    words: str = ""
    near: bool = False
    unit: Unit | None = None
    speaks: str = ""
    skill: Skill | None = None

    @classmethod
    def read(cls, query: QueryDict, me: Person) -> Self:
        """What the address asks; a tag that nobody has is looked for as words."""
        words, tag = query.get("q", "").strip()[:100], query.get("skill", "").strip()[:100]
        skill = find_skill(tag) if tag else None
        speaks = query.get("speaks", "")
        return cls(
            words=words or ("" if skill else tag),
            near="near" in query and bool(me.site),
            unit=_unit(query.get("unit", ""), me),
            speaks=speaks if speaks in CODES else "",
            skill=skill,
        )

    @property
    def is_open(self) -> bool:
        """True if nothing is asked yet: everybody."""
        return self == Looking()

    def people(self, me: Person) -> PersonQuerySet:
        """Who fits: one's own unit first, then A to Z; by nothing else, nobody is ranked."""
        found: PersonQuerySet = Person.objects.active().apart_from(me).matching(self.words)
        if self.near:
            found = found.filter(site=me.site)
        if self.unit:
            found = found.in_unit(self.unit)
        if self.speaks:
            found = found.speaking(self.speaks)
        return found.saying(self.skill) if self.skill else found

    def count(self, me: Person) -> tuple[int, int]:
        """How many fit, and how many of those say "ask me about" the words; one query."""
        if not self.words:
            number = self.people(me).count()
            return number, number if self.skill else 0
        saying = says_ask_about(self.words)
        counts = self.people(me).aggregate(all=Count("pk"), say=Count("pk", filter=saying))
        return counts["all"], counts["say"]

    def page(self, me: Person, number: str | None, total: int) -> "Page[Person]":
        """One page of the people in their order, with their units; one query.

        Only keys are sorted: whole rows of twenty thousand people take five times as long.
        """
        order: list[Any] = ["folded", "pk"]
        if me.unit_id:
            shared = When(unit=me.unit_id, then=Value(0))
            order.insert(0, Case(shared, default=Value(1), output_field=IntegerField()))
        page = Counted(self.people(me).order_by(*order).values("pk"), PAGE, total=total).get_page(
            number
        )
        rows = Person.objects.filter(pk__in=page.object_list).select_related("unit")
        page.object_list = rows.order_by(*order)
        return page

    def address(self) -> str:
        """Where this question is answered; ends so that a page number can follow."""
        chosen: list[tuple[str, Any]] = [
            ("q", self.words), ("skill", self.skill and self.skill.name),
            ("near", "1" if self.near else ""), ("unit", self.unit and self.unit.pk),
            ("speaks", self.speaks),
        ]  # fmt: skip
        given = [(key, value) for key, value in chosen if value]
        return f"{reverse('people_index')}?{urlencode([*given, ('page', '')])}"


def _unit(key: str, me: Person) -> Unit | None:
    """The unit of this id; one's own is known already."""
    try:
        pk = UUID(key)
    except ValueError:
        return None
    return me.unit if pk == me.unit_id else Unit.objects.filter(pk=pk).first()


def tongue_chips(looking: Looking, me: Person) -> list[tuple[str, str, bool]]:
    """(language, address, is on): what the pages speak, and what one speaks oneself."""
    own = [code for code in me.tongues.split(",") if code]
    offered = [code for code, _name in settings.LANGUAGES]
    codes = dict.fromkeys([looking.speaks, *offered, *own])
    return [
        (tongue_name(code), replace(looking, speaks="" if on else code).address(), on)
        for code in [code for code in codes if code][:MOST_TONGUES]
        for on in [code == looking.speaks]
    ]
