"""Deleting a moment for good, and the hour in which only the open page can bring it back.

The row goes at once. What Undo needs travels signed in the page that deleted it and is stored
nowhere: close the page and the moment is gone. Apps above carry along what they tied to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import models, transaction

from sapwood.ledger.learning import forget_words
from sapwood.ledger.models import Moment, MomentShare, Trunk
from sapwood.ledger.tasks import react
from sapwood.people.models import Person

SALT = "ledger.moment.undo"
LASTS = timedelta(hours=1)
KEPT = (
    "cursor", "uid", "occurred_on", "way", "title", "minutes", "form", "place", "intended",
    "planned", "on_work_time", "objectives", "source_type", "source_id", "source_title",
    "visibility", "reflected", "knot", "client_key", "created_at",
)  # fmt: skip


class TooLateError(Exception):
    """The payload is too old, was changed, or belongs to somebody else."""


@dataclass(frozen=True)
class Tie:
    """What an app tied to a moment: read before it goes (as JSON), tied again when it is back."""

    read: Callable[[Moment], Any]
    tie: Callable[[Moment, Any], None]


_ties: dict[str, Tie] = {}


def carry_along(name: str, tie: Tie) -> None:
    """Makes Undo carry what the app called `name` tied to a moment; for `AppConfig.ready`."""
    _ties[name] = tie


def erase(moment: Moment) -> str:
    """Deletes `moment` with all that hangs on it; gives the payload that `restore` takes."""
    person_id = moment.person_id
    with transaction.atomic():
        shares = [(str(s.person_id), s.shared_at.isoformat()) for s in moment.shares.all()]
        values = {name: _plain(getattr(moment, name)) for name in KEPT}
        tied = {name: tie.read(moment) for name, tie in _ties.items()}
        moment.delete()
        forget_words(person_id, f"{values['title']} {values['knot']}")
        Trunk.touch(person_id)
    content = {"of": str(person_id), "moment": values, "shares": shares, "tied": tied}
    return signing.dumps(content, salt=SALT, compress=True)


def restore(person: Person, payload: str) -> Moment:
    """The moment as it was, under the same keys; a payload used twice changes nothing.

    Raises TooLateError.
    """
    try:
        content = signing.loads(payload, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        raise TooLateError from None
    if content["of"] != str(person.pk):
        raise TooLateError
    values = _typed(content["moment"])
    with transaction.atomic():
        there = Moment.objects.of(person).filter(_same(values)).first()
        if there:
            return there
        moment = Moment.objects.create(person=person, **values)
        at = dict(content["shares"])
        MomentShare.objects.bulk_create(
            MomentShare(moment=moment, person=reader, shared_at=at[str(reader.pk)])
            for reader in Person.objects.active().filter(pk__in=list(at))
        )
        for name, held in content.get("tied", {}).items():
            _ties[name].tie(moment, held)
        Trunk.touch(person.pk)
        react.enqueue(moment.pk)
    return moment


def _same(values: dict[str, Any]) -> models.Q:
    """The moment itself, or one that was meanwhile kept for the same reason."""
    same = models.Q(uid=values["uid"])
    if values["client_key"]:
        same |= models.Q(client_key=values["client_key"])
    if values["source_id"]:
        same |= models.Q(source_type=values["source_type"], source_id=values["source_id"])
    return same


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    uid, day, made = values["uid"], values["occurred_on"], values["created_at"]
    return values | {
        "uid": UUID(uid),
        "occurred_on": date.fromisoformat(day),
        "created_at": datetime.fromisoformat(made),
    }
