"""Writing moments: the one door through which every app adds to a person's record."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from sapwood.ledger.models import Moment, MomentShare, Trunk, Visibility
from sapwood.ledger.tasks import react
from sapwood.ledger.ways import WAYS
from sapwood.people.models import Person

BATCH = 2000


def record(
    person: Person,
    *,
    way: str,
    title: str,
    occurred_on: date | None = None,
    client_key: UUID | None = None,
    source: tuple[str, UUID, str] | None = None,
    shared_with: Iterable[Person] = (),
    **more: Any,
) -> Moment:
    """Keeps a moment and schedules the reactions to it, inside the caller's transaction.

    `source` is (type, id, title) of what led to it. The same `client_key`, or the same source,
    gives back the moment that is already there, so a retry is harmless. Form and place default to
    those of the way. Raises KeyError for an unknown way.
    """
    keys: dict[str, Any] = {"person": person}
    if source:
        keys |= {"source_type": source[0], "source_id": source[1]}
        more["source_title"] = source[2][:300]
    if client_key:
        keys["client_key"] = client_key
    readers = [reader for reader in shared_with if reader.pk != person.pk]
    values = _filled(person, way, title=title, occurred_on=occurred_on, **more)
    if readers:
        values["visibility"] = Visibility.PEOPLE
    with transaction.atomic():
        if source or client_key:
            moment, is_new = Moment.objects.get_or_create(**keys, defaults=values)
        else:
            moment, is_new = Moment.objects.create(**keys, **values), True
        if is_new:
            MomentShare.objects.bulk_create(
                [MomentShare(moment=moment, person=reader) for reader in readers]
            )
            Trunk.touch(person.pk)
            react.enqueue(moment.pk)
    return moment


def record_many(rows: Iterable[dict[str, Any]], *, reacted_at: datetime | None = None) -> int:
    """Keeps many moments at once and says how many; each row is the arguments of `record`.

    Rows need `person`, `way`, `title` and `occurred_on`, and must not be there already. Reactions
    run with the next sweep; for history that asks for none, give `reacted_at`.
    """
    total, people = 0, set()
    with transaction.atomic():
        source = iter(rows)
        while batch := list(islice(source, BATCH)):
            readers = [list(row.get("shared_with", ())) for row in batch]
            kept = Moment.objects.bulk_create([_unsaved(row, reacted_at) for row in batch])
            MomentShare.objects.bulk_create(
                MomentShare(moment=moment, person=reader)
                for moment, people_ in zip(kept, readers, strict=True)
                for reader in people_
            )
            people |= {moment.person_id for moment in kept}
            total += len(kept)
        Trunk.touch_many(people)
    return total


def _filled(
    person: Person, way: str, *, occurred_on: date | None = None, **more: Any
) -> dict[str, Any]:
    """Field values with the defaults of the way."""
    kind = WAYS[way]
    return {
        "way": way,
        "occurred_on": occurred_on or person.today(),
        "form": kind.form,
        "place": kind.place,
        **more,
    }


def _unsaved(row: dict[str, Any], reacted_at: datetime | None) -> Moment:
    own = {name: value for name, value in row.items() if name not in {"source", "shared_with"}}
    if source := row.get("source"):
        own |= {"source_type": source[0], "source_id": source[1], "source_title": source[2][:300]}
    if row.get("shared_with"):
        own["visibility"] = Visibility.PEOPLE
    person, way = own.pop("person"), own.pop("way")
    values = _filled(person, way, **own)
    return Moment(person=person, reacted_at=reacted_at, **values).settle()
