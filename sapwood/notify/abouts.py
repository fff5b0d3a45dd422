"""What notices can be about, and who may still see it: asked when telling, listing and sending.

An app that owns such things declares them in `<app>/notices.py`: `about("thread", …)` with an
object that answers the questions of `About`. A type that nobody declared can be seen by nobody.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

from django.db.models import CharField, QuerySet, Value

from sapwood.notify.kinds import kinds
from sapwood.notify.models.notice import Notice
from sapwood.notify.standing import only_standing
from sapwood.people.blocking import blocked_pairs
from sapwood.people.models import Person


class About(Protocol):
    """One type of thing that notices are about. `word` is what the stop page calls it."""

    word: Any

    def seen_by(self, pk: UUID, people: Iterable[UUID]) -> set[UUID]:
        """Those of `people` who may see the thing."""

    def seen(self, person: Person, pks: Iterable[UUID]) -> QuerySet[Any]:
        """Those of the things `pks` that `person` may see: rows whose `pk` is the thing's."""

    def muted_by(self, pk: UUID, people: Iterable[UUID], actor: Person | None) -> set[UUID]:
        """Those of `people` who muted it, what holds it or `actor`, by the app's own means."""

    def mute(self, person: Person, pk: UUID, *, on: bool) -> bool:
        """Mutes it by the app's own means, or takes that back; False if it has none."""


_abouts: dict[str, About] = {}


def about(name: str, what: About) -> None:
    """Registers a type of thing."""
    _abouts[name] = what


def about_of(name: str) -> About | None:
    """The type of this name, if an installed app has it."""
    kinds()
    return _abouts.get(name)


def abouts() -> list[str]:
    """The names of all types."""
    kinds()
    return sorted(_abouts)


def who_sees(
    name: str,
    pk: UUID,
    people: Iterable[UUID],
    actor: Person | None = None,
    *,
    is_named: bool = False,
) -> set[UUID]:
    """Those of `people` who may see one thing and did not mute it with its own app.

    For people who are named there, a mute of what holds the thing does not count, where its type
    tells that apart (`muted_though_named`).
    """
    what = about_of(name)
    if what is None:
        return set()
    seeing = what.seen_by(pk, people)
    muted_by = what.muted_by
    if is_named:
        muted_by = getattr(what, "muted_though_named", muted_by)
    return seeing - muted_by(pk, seeing, actor) if seeing else seeing


def still_seen(person: Person, notices: Iterable[Notice]) -> list[Notice]:
    """Those of one person's `notices` about things they may still see, by people not kept apart.

    Words that no longer stand, and names of people kept apart, are taken out of them. Three
    queries, however many types of things there are.
    """
    apart = blocked_pairs(person)
    listed = [notice for notice in notices if notice.actor_id not in apart]
    for notice in listed:
        if notice.actor_before_id in apart:
            notice.actor_before = None
            notice.actors_count -= 1
    seen = _seen(person, listed)
    shown = [notice for notice in listed if (notice.about_type, notice.about_id) in seen]
    return only_standing(person, shown)


def _seen(person: Person, notices: Iterable[Notice]) -> set[tuple[str, UUID]]:
    """Types and ids of what the notices are about, as far as `person` may see it. One query."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for notice in notices:
        wanted[notice.about_type].add(notice.about_id)
    parts = [
        what.seen(person, pks)
        .order_by()
        .values_list(Value(name, output_field=CharField()), "pk")
        .distinct()
        for name, pks in wanted.items()
        if (what := about_of(name))
    ]
    return set(parts[0].union(*parts[1:])) if parts else set()
