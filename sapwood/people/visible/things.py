"""Thing by thing: what Sapwood holds about a person, from the same declarations it runs on."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse

from sapwood.core.policies import Circle, Policy, models_with_policy
from sapwood.people.models import Person

ORDER: dict[Circle, int] = {"you": 0, "picked": 1, "desk": 2, "everyone": 3}


@dataclass(frozen=True)
class Thing:
    """One kind of thing: how many rows, who sees it, why, until when, and where it is."""

    title: str
    rows: int
    circle: Circle
    seen_by: str
    purpose: str
    retention: str
    url: str


def parts(model: type[models.Model], policy: Policy, rows: int) -> list[Thing]:
    """What one model holds in `rows` rows, one thing for each circle that sees some of it."""
    return [
        Thing(
            title=str(audience.title),
            rows=rows,
            circle=audience.circle,
            seen_by=str(audience.seen_by),
            purpose=str(audience.purpose),
            retention=str(policy.retention),
            url=_address(policy.link),
        )
        for audience in policy.audiences(model)
    ]


def count_rows(querysets: "list[models.QuerySet[Any]]") -> Counter[int]:
    """How many rows each holds, by its place in the list: one query for all."""
    counts = [
        rows.order_by()
        .annotate(in_list_at=models.Value(place, models.IntegerField()))
        .values("in_list_at")
        .annotate(rows_held=models.Count("pk"))
        .values_list("in_list_at", "rows_held")
        for place, rows in enumerate(querysets)
    ]
    return Counter(dict(counts[0].union(*counts[1:], all=True)))


def things_of(person: Person) -> list[Thing]:
    """Everything, the most private first, in the order of the apps within."""
    declared = list(models_with_policy())
    counts = count_rows([policy.rows(model, person) for model, policy in declared])
    held = [
        each
        for place, (model, policy) in enumerate(declared)
        for each in parts(model, policy, counts[place])
    ]
    return sorted(held, key=lambda each: ORDER[each.circle])


def _address(name: str) -> str:
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""
