"""The drawing of circles that stand in each other: only you in the middle, everyone outside."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.core.policies import Circle
from sapwood.people.visible.things import ORDER, Thing

NAMES: dict[Circle, Any] = {
    "you": gettext_lazy("Only you"),
    "picked": gettext_lazy("People you picked"),
    "desk": gettext_lazy("Administrators"),
    "everyone": gettext_lazy("Everyone at work"),
}
CENTER, FLOOR, INNER, OUTER = 124, 264, 42, 120
WORDS = 19


@dataclass(frozen=True)
class Ring:
    """One circle with its line and words; lengths in the units of the view box, 470 by 272."""

    key: str
    name: str
    words: str
    y: int
    radius: int
    line: int


def rings_of(things: Iterable[Thing]) -> list[Ring]:
    """Circles that hold something, from the outside in; all rest on one floor."""
    held: dict[Circle, list[Thing]] = {key: [] for key in ORDER}
    for each in things:
        if each.rows:
            held[each.circle].append(each)
    keys = [key for key in reversed(ORDER) if held[key] or key == "you"]
    step = (OUTER - INNER) / max(1, len(keys) - 1)
    return [
        Ring(
            key=key,
            name=str(NAMES[key]),
            words=_("the rest") if key == "you" else _brief(held[key]),
            radius=(radius := round(OUTER - step * place)),
            y=FLOOR - radius,
            line=FLOOR - radius if key == "you" else FLOOR - 2 * radius + 17,
        )
        for place, key in enumerate(keys)
    ]


def _brief(things: list[Thing]) -> str:
    """A few words: the first title, and how many more there are."""
    first = things[0].title
    first = first if len(first) <= WORDS else first[: WORDS - 1].rstrip(" ,") + "…"
    return first if len(things) == 1 else _("%(count)s kinds of things") % {"count": len(things)}
