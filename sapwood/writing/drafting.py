"""Saving while writing: each save names the revision it grew from, and an older one never wins."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sapwood.people.models import Person
from sapwood.writing.models import Draft

ROOM = 1_000_000  # characters of one draft, names of fields included


@dataclass(frozen=True)
class Standing:
    """What the server holds for an id: the newest fields and their revision (0 for nothing).

    `is_sent` words are out: nothing grows from them any more.
    """

    revision: int
    fields: dict[str, str]
    saved_at: datetime | None = None
    is_sent: bool = False

    @property
    def is_gone(self) -> bool:
        """True if a window that still holds a draft of it has to go on under another id."""
        return self.is_sent or not self.revision


@dataclass(frozen=True)
class Kept:
    """Words that an app above keeps for good under the id of the form they were written in."""

    owner: UUID | None
    standing: Standing


class NotYours(Exception):
    """The id belongs to somebody else; to the asker it does not exist."""


class Conflict(Exception):
    """The words were changed elsewhere; `standing` holds the others."""

    def __init__(self, standing: Standing) -> None:
        super().__init__("changed elsewhere")
        self.standing = standing


class TooLongError(Exception):
    """More than a draft has room for; it is refused whole, never cut."""


_looks: dict[str, Callable[[UUID], Kept | None]] = {}


def keeps_words(app: str, look: Callable[[UUID], Kept | None]) -> None:
    """Lets an app above say what it keeps under an id; called once, when the app is ready."""
    _looks[app] = look


def standing(person: Person, pk: UUID) -> Standing:
    """The draft if there is one, else what was kept under this id, else nothing.

    Raises NotYours.
    """
    draft = Draft.objects.filter(pk=pk).first()
    kept = next((found for look in _looks.values() if (found := look(pk))), None)
    if (draft and draft.person_id != person.pk) or (kept and kept.owner != person.pk):
        raise NotYours
    if draft:
        return Standing(draft.revision, draft.fields, draft.saved_at)
    return kept.standing if kept else Standing(0, {})


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
        if base != now_held.revision or now_held.is_sent:
            raise Conflict(now_held)
        if draft is None:
            draft = Draft(pk=pk, person=person, slot=slot)
        draft.overwrite(fields, base + 1, now)
    return draft


def begun(person: Person, slot: str) -> Draft | None:
    """What this person was writing in this box, the newest if several windows began one."""
    return Draft.objects.of(person).in_slot(slot).first()


def posted(person: Person, pk: UUID) -> None:
    """The words written under `pk` are out: their draft goes, others of the same box stay."""
    Draft.objects.of(person).filter(pk=pk).delete()


def same(one: dict[str, str], other: dict[str, str]) -> bool:
    """True if the words are the same, whatever the line ends."""
    return all(plain(one.get(key, "")) == plain(other.get(key, "")) for key in {*one, *other})


def plain(text: str) -> str:
    """Forms send CR LF where scripts send LF."""
    return text.replace("\r\n", "\n")
