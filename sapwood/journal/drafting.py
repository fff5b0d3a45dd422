"""Saving while writing: each save names the revision it grew from, and an older one never wins."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sapwood.journal.models import Draft, JournalEntry
from sapwood.people.models import Person

ROOM = 1_000_000  # characters of one draft, names of fields included


@dataclass(frozen=True)
class Standing:
    """What the server holds for an id: the newest fields and their revision (0 for nothing)."""

    revision: int
    fields: dict[str, str]
    saved_at: datetime | None = None


class NotYours(Exception):
    """The id belongs to somebody else; to the asker it does not exist."""


class Conflict(Exception):
    """The words were changed elsewhere; `standing` holds the others."""

    def __init__(self, standing: Standing) -> None:
        super().__init__("changed elsewhere")
        self.standing = standing


class TooLongError(Exception):
    """More than a draft has room for; it is refused whole, never cut."""


def standing(person: Person, pk: UUID) -> Standing:
    """The draft if there is one, else the kept entry, else nothing. Raises NotYours."""
    draft = Draft.objects.filter(pk=pk).first()
    entry = JournalEntry.objects.filter(pk=pk).first()
    for row in (draft, entry):
        if row and row.person_id != person.pk:
            raise NotYours
    if draft:
        return Standing(draft.revision, draft.fields, draft.saved_at)
    if entry:
        fields = {"title": entry.title, "text": entry.text, "prompt": entry.prompt_id}
        return Standing(entry.revision, fields, entry.changed_at)
    return Standing(0, {})


def one_at_a_time(person: Person) -> None:
    """Makes a person's other windows wait until this transaction ends."""
    Person.objects.select_for_update().only("pk").get(pk=person.pk)


def save_draft(
    person: Person, pk: UUID, *, slot: str, fields: dict[str, str], base: int, now: datetime
) -> Draft:
    """Saves `fields` that grew from revision `base`, and gives the draft back.

    The same save sent twice (an answer got lost) is one save. Raises Conflict, NotYours or
    TooLongError.
    """
    if sum(len(name) + len(text) for name, text in fields.items()) > ROOM:
        raise TooLongError
    with transaction.atomic():
        one_at_a_time(person)
        draft = Draft.objects.filter(pk=pk).first()
        now_held = standing(person, pk)
        if draft and same(draft.fields, fields):
            return draft
        if base != now_held.revision:
            raise Conflict(now_held)
        if draft is None:
            draft = Draft(pk=pk, person=person, slot=slot)
        draft.overwrite(fields, base + 1, now)
    return draft


def same(one: dict[str, str], other: dict[str, str]) -> bool:
    """True if the words are the same, whatever the line ends."""
    return all(plain(one.get(key, "")) == plain(other.get(key, "")) for key in {*one, *other})


def plain(text: str) -> str:
    """Forms send CR LF where scripts send LF."""
    return text.replace("\r\n", "\n")
