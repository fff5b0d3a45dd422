"""Thing by thing: what Sapwood holds about a person, from the same declarations it runs on."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import ngettext

from sapwood.core.policies import Circle, Policy, Shown, models_with_policy
from sapwood.people.models import Person

ORDER: dict[Circle, int] = {"you": 0, "picked": 1, "desk": 2, "everyone": 3}
NAMED = 6  # readers who are named; the rest are counted


@dataclass(frozen=True)
class Thing:
    """One kind of thing: how many rows, who sees it, why, until when, and where it is.

    `is_shown` marks what one showed to people by name: `url` is then where one takes it back.
    """

    title: str
    rows: int
    circle: Circle
    seen_by: str
    purpose: str
    retention: str
    url: str
    is_shown: bool = False


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
    rows = [policy.rows(model, person) for model, policy in declared]
    hooks = [
        (policy.shown, policy.shown.among(held), place)
        for place, ((_model, policy), held) in enumerate(zip(declared, rows, strict=True))
        if policy.shown
    ]
    counts = count_rows([*rows, *(shown for _hook, shown, _place in hooks)])
    readers = _readers([(hook, shown) for hook, shown, _place in hooks])
    held = []
    for n, (hook, _rows, place) in enumerate(hooks):
        if rows_shown := counts[len(rows) + n]:
            counts[place] -= rows_shown
            held.append(_shown(hook, rows_shown, readers[n], declared[place][1]))
    for place, (model, policy) in enumerate(declared):
        held += parts(model, policy, counts[place])
    return sorted(held, key=lambda each: ORDER[each.circle])


def _readers(hooks: "list[tuple[Shown, models.QuerySet[Any]]]") -> dict[int, list[str]]:
    """The names of those who were shown something, by its place in the list: one query for all."""
    queries = [
        rows.order_by()
        .annotate(in_list_at=models.Value(place, models.IntegerField()))
        .values_list("in_list_at", f"{hook.readers}__name")
        for place, (hook, rows) in enumerate(hooks)
    ]
    found: dict[int, list[str]] = {place: [] for place in range(len(hooks))}
    for place, name in sorted(queries[0].union(*queries[1:])) if queries else []:
        found[place].append(name)
    return found


def _shown(hook: Shown, rows: int, names: list[str], policy: Policy) -> Thing:
    """What one showed to people, under their names."""
    readers = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    if more > 0:
        readers = ngettext(
            "%(names)s and %(num)s more", "%(names)s and %(num)s more", more
        ) % {"names": readers, "num": more}  # fmt: skip
    return Thing(
        title=str(hook.title),
        rows=rows,
        circle="picked",
        seen_by=readers,
        purpose=str(hook.purpose),
        retention=str(policy.retention),
        url=_address(hook.link, hook.query),
        is_shown=True,
    )


def _address(name: str, query: str = "") -> str:
    try:
        return f"{reverse(name)}?{query}".rstrip("?") if name else ""
    except NoReverseMatch:
        return ""
