"""Undo without keeping a copy: the deleted rows travel, signed, in the page of who deleted them."""

from collections.abc import Iterable

from django.core import serializers, signing
from django.core.serializers.base import DeserializedObject
from django.db import models, transaction

from sapwood.journal.models import JournalEntry, Reply
from sapwood.journal.sharing import moment_made_by
from sapwood.ledger.models import Moment, Trunk
from sapwood.people.models import Person
from sapwood.writing.models import Draft

SALT = "sapwood.journal.undo"
LASTS = 60 * 60  # seconds


class NowhereToGoError(Exception):
    """Nothing could come back: what it belonged to is gone, or no longer shown to who deleted."""


def rows_of(entry: JournalEntry) -> list[models.Model]:
    """Everything that goes when this entry is deleted, in an order in which it can come back."""
    moment = moment_made_by(entry)
    return [
        entry,
        *entry.shares.all(),
        *entry.replies.all(),
        *entry.posts.all(),
        *Draft.objects.filter(pk=entry.pk),
        *([moment, *moment.shares.all()] if moment else []),
    ]


def pack(person: Person, rows: Iterable[models.Model]) -> str:
    """The rows as a signed text that only `person` can give back within the hour."""
    words = serializers.serialize("json", rows)
    return signing.dumps({"by": str(person.pk), "rows": words}, salt=SALT, compress=True)


def unpack(person: Person, payload: str) -> list[DeserializedObject]:
    """The rows, if this person packed them within the hour; raises signing.BadSignature if not."""
    held = signing.loads(payload, salt=SALT, max_age=LASTS)
    if held["by"] != str(person.pk):
        raise signing.BadSignature("packed by someone else")
    return list(serializers.deserialize("json", held["rows"]))


def put_back(person: Person, payload: str) -> list[models.Model]:
    """Brings the rows back as they were, once; what lost its reader or entry is left out.

    Gives nothing when they are there already. Raises NowhereToGoError and signing.BadSignature.
    """
    back: list[models.Model] = []
    with transaction.atomic():
        rows = unpack(person, payload)
        if rows and _is_there(rows[0].object):
            return []
        for held in rows:
            row = held.object
            if not _is_there(row) and _stands(row) and _may_stand(person, row):
                held.save()
                back.append(row)
        if not back:
            raise NowhereToGoError
        for entry in (row for row in back if isinstance(row, JournalEntry) and row.about_id):
            Moment.objects.filter(entries_about=entry.pk).update(reflected=True)
        Trunk.touch(person.pk)
    return back


def _is_there(row: models.Model) -> bool:
    return type(row)._default_manager.filter(pk=row.pk).exists()


def _may_stand(person: Person, row: models.Model) -> bool:
    """A reply of one's own comes back only to an entry that is still shared with its author."""
    if not isinstance(row, Reply) or row.author_id != person.pk:
        return True
    return JournalEntry.objects.visible_to(person).filter(pk=row.entry_id).exists()


def _stands(row: models.Model) -> bool:
    """True if every row it needs is still there; what it can be without is let go."""
    for key in row._meta.concrete_fields:
        value = getattr(row, key.attname)
        if value is None or not isinstance(key, models.ForeignKey):
            continue
        target: type[models.Model] = key.related_model
        if target._default_manager.filter(pk=value).exists():
            continue
        if not key.null:
            return False
        setattr(row, key.attname, None)
    return True
