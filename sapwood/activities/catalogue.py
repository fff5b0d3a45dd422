"""The catalogue: what a person may find, searched, filtered with counts, and sorted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sapwood.activities.models import Activity, ActivityQuerySet
from sapwood.activities.models.activity import above_as_slots, seen_by
from sapwood.activities.registry import kinds
from sapwood.activities.search.finding import Found, find
from sapwood.core.prepared import Prepared
from sapwood.ledger.models import Form
from sapwood.ledger.ways import RINGS
from sapwood.people.models import Person, Role

LENGTHS = {"short": _("Ten minutes"), "half": _("Half an hour"), "long": _("Longer")}
SORTS = {"best": _("Best first"), "new": _("Newest"), "short": _("Shortest")}
LENGTH = Case(
    When(minutes__lte=10, then=Value("short")),
    When(minutes__lte=45, then=Value("half")),
    When(minutes__gt=45, then=Value("long")),
    default=Value(""),  # nobody knows: it belongs to no length
    output_field=CharField(),
)
COLUMNS = {"time": "length", "ring": "ring", "form": "form", "language": "language"}


@dataclass(frozen=True)
class Option:
    """One tick of a filter, and how many it would leave."""

    value: str
    label: str
    count: int
    is_on: bool
    ring: int | None = None


@dataclass
class Asked:
    """What somebody looks for, read from an address; unknown values are left out."""

    q: str = ""
    kind: str = ""
    sort: str = "best"
    picked: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, given: QueryDict) -> "Asked":
        """From the query of a request."""
        picked = {name: known & set(given.getlist(name)) for name, known in known_values().items()}
        sort = given.get("sort", "best")
        return cls(
            q=given.get("q", "").strip()[:200],
            kind=given.get("kind", ""),
            sort=sort if sort in SORTS else "best",
            picked={name: values for name, values in picked.items() if values},
        )

    @property
    def is_narrowed(self) -> bool:
        """True if a filter is on."""
        return bool(self.picked)


def known_values() -> dict[str, set[str]]:
    """What each filter may hold."""
    return {
        "time": set(LENGTHS),
        "ring": {str(ring.number) for ring in RINGS},
        "form": set(Form.values),
        "language": {code for code, _name in settings.LANGUAGES},
    }


@dataclass
class Shelf:
    """The answer: a queryset in order, the filters with counts, how many of each kind."""

    found: Found
    activities: ActivityQuerySet
    filters: dict[str, list[Option]]
    kinds: Counter[str]
    total: int


def look_for(asked: Asked, person: Person) -> Shelf:
    """Everything published that this person may see and that answers what was asked."""
    among = Activity.objects.visible_to(person).published()
    found = find(asked.q, among)
    rows: list[Any] = list(_counted(found.matched)) if asked.q else _everything(person)
    kept = [row for row in rows if _fits(row, asked.picked)]
    by_kind: Counter[str] = Counter()
    for row in kept:
        by_kind[row["kind"]] += row["n"]
    of_kind = [row for row in rows if not asked.kind or row["kind"] == asked.kind]
    total = by_kind[asked.kind] if asked.kind else sum(by_kind.values())
    return Shelf(
        found, _chosen(found.activities, asked, person), _filters(of_kind, asked), by_kind, total
    )


def _counted(activities: ActivityQuerySet) -> Any:
    """How many there are of each combination that a filter can tell apart."""
    rows = activities.order_by().annotate(length=LENGTH)
    return rows.values("kind", "length", "ring", "form", "language").annotate(n=Count("pk"))


def _all_that_may_be_seen(steward: bool, _levels: int, *, person: UUID, **units: UUID) -> Any:
    rule = seen_by(person, list(units.values()), steward=steward)
    return _counted(Activity.objects.filter(rule).published())


_count_all = Prepared(_all_that_may_be_seen)


def _everything(person: Person) -> list[Any]:
    units = above_as_slots(person)
    return _count_all(person.has_role(Role.STEWARD), len(units), person=person.pk, **units)


def _fits(row: dict[str, Any], picked: dict[str, set[str]], leaving: str = "") -> bool:
    return all(
        str(row[COLUMNS[name]]) in values for name, values in picked.items() if name != leaving
    )


def _chosen(activities: ActivityQuerySet, asked: Asked, person: Person) -> ActivityQuerySet:
    """In the order asked for; who only looks around sees their own language first."""
    rule = Q()
    for name, values in asked.picked.items():
        rule &= Q(**{f"{COLUMNS[name]}__in": values})
    if asked.kind:
        rule &= Q(kind=asked.kind)
    chosen = activities.annotate(length=LENGTH).filter(rule)
    if asked.sort == "short":
        return chosen.order_by(F("minutes").asc(nulls_last=True), "-published_at", "-pk")
    if asked.sort == "new":
        return chosen.order_by("-published_at", "-pk")
    if not asked.q:
        is_other = Case(When(language=person.language, then=0), default=1)
        return chosen.order_by(is_other, "-published_at", "-pk")
    return chosen


def _filters(rows: list[dict[str, Any]], asked: Asked) -> dict[str, list[Option]]:
    """Each filter's options with what each would leave, its own ticks left out of the count."""
    labels: dict[str, Iterable[tuple[str, Any]]] = {
        "time": LENGTHS.items(),
        "ring": [(str(ring.number), ring.short) for ring in reversed(RINGS)],
        "form": Form.choices,
        "language": settings.LANGUAGES,
    }
    filters = {}
    for name, choices in labels.items():
        counts: Counter[str] = Counter()
        for row in rows:
            if _fits(row, asked.picked, leaving=name):
                counts[str(row[COLUMNS[name]])] += row["n"]
        on = asked.picked.get(name, set())
        filters[name] = [
            Option(value, str(label), counts[value], value in on,
                   int(value) if name == "ring" else None)
            for value, label in choices
        ]  # fmt: skip
    return filters


def kind_chips(shelf: Shelf) -> list[tuple[str, str, int]]:
    """(slug, plural, count) of the kinds that have something."""
    return [
        (slug, str(kind.plural), shelf.kinds[slug])
        for slug, kind in kinds().items()
        if shelf.kinds[slug]
    ]
