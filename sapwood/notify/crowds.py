"""Telling thousands: a tale gives the people and the event anew to each job that tells a batch.

A tale is a function in `<app>/notices.py` marked `@tale("name")`: from an id to a `Tale`, or None
when there is nothing to tell any more. The job carries ids and how far it came; killed and run
again it tells nobody twice, because the key of the event is kept for each person.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from sapwood.notify.kinds import kinds
from sapwood.notify.telling import BATCH, tell
from sapwood.people.models import Person

BATCHES = 4  # told in one job: some tenths of a second


@dataclass(frozen=True)
class Tale:
    """The people (a queryset, read in order of their ids) and the arguments of `tell`."""

    people: QuerySet[Person]
    event: dict[str, Any] = field(default_factory=dict)


Teller = Callable[[UUID], Tale | None]
_tales: dict[str, Teller] = {}


def tale(name: str) -> Callable[[Teller], Teller]:
    """Registers the function below under a name that jobs carry."""

    def register(function: Teller) -> Teller:
        _tales[name] = function
        return function

    return register


def tell_many(name: str, pk: UUID) -> None:
    """Tells this tale in jobs; they exist only if the caller's transaction does."""
    from sapwood.notify.tasks import tell_crowd

    tell_crowd.enqueue(name, str(pk), "")


def tell_next(name: str, pk: UUID, after: str, now: datetime) -> str:
    """Tells the next people after the one with the id `after`; the last id, or "" at the end."""
    kinds()
    told = _tales[name](pk)
    if told is None:
        return ""
    for _batch in range(BATCHES):
        people = told.people.order_by("pk")
        if after:
            people = people.filter(pk__gt=UUID(after))
        batch = list(people.values_list("pk", flat=True)[:BATCH])
        if batch:
            tell(batch, now=now, **told.event)
            after = str(batch[-1])
        if len(batch) < BATCH:
            return ""
    return after


def carry_on(name: str, pk: str, after: str, now: datetime) -> None:
    """One job's share; the next job is enqueued when this one is done."""
    from sapwood.notify.tasks import tell_crowd

    last = tell_next(name, UUID(pk), after, now)
    if last:
        with transaction.atomic():
            tell_crowd.enqueue(name, pk, last)
