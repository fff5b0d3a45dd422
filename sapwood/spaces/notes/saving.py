"""Keeping a note: what others kept meanwhile is put together with it, and nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from sapwood.conversations.models import Audience
from sapwood.core.announcing import announce
from sapwood.core.markup import clean
from sapwood.people.models import Person
from sapwood.spaces.models import Note, NoteVersion, Ritual, Space
from sapwood.spaces.notes.blocks import cut
from sapwood.spaces.notes.merging import Blocks, Clash, Merge, merge, merge_line

Choose = Callable[[int, Clash], Blocks]


@dataclass(frozen=True)
class Words:
    """What somebody wants a note to say; `html` has passed `media.markup.stored`."""

    title: str
    html: str
    summary: str = ""


@dataclass(frozen=True)
class Clashing:
    """Both changed the same. `mine` and `theirs` are in the history already; `base` is what both
    began with."""

    base: NoteVersion
    mine: NoteVersion
    theirs: NoteVersion

    @property
    def merging(self) -> Merge:
        """The three texts put together, with what is left to settle."""
        return merge(self.base.html, self.mine.html, self.theirs.html)

    @property
    def title(self) -> str | None:
        """The title of both; None if that has to be settled too."""
        return merge_line(self.base.title, self.mine.title, self.theirs.title)

    def settled(self, title: str, choose: Choose) -> Words:
        """The whole, once somebody has chosen."""
        html = clean(self.merging.settled(choose))
        words = self.title if self.title is not None else title
        return Words(words, html, self.mine.summary)


@dataclass(frozen=True)
class Kept:
    """What stands now. `was_merged` if somebody else's changes are in it too; not `is_new` if
    there was nothing to change."""

    version: NoteVersion
    is_new: bool = True
    was_merged: bool = False


class NotWritable(PermissionDenied):
    """The person may not write there any more, or the note was put away; nothing was stored."""


def begin(
    space: Space,
    words: Words,
    *,
    by: Person,
    now: datetime,
    pk: UUID,
    ritual: Ritual | None = None,
    held_on: date | None = None,
) -> Note:
    """A new note under the key of the form it was written in: sent twice, it is one note."""
    with transaction.atomic():
        _check(space.audience_id, by)
        note = Note.objects.filter(pk=pk, space=space, made_by=by).first()
        if note is None:
            note = Note(pk=pk, space=space, made_by=by, ritual=ritual, held_on=held_on)
            note.save(force_insert=True)
            _stand(note, words, by=by, now=now, grew_from=0)
    return note


def keep(note: Note, words: Words, *, base: int, by: Person, now: datetime) -> Kept | Clashing:
    """Changes that grew from version `base`. If the note moved on, both changes go in; where they
    touch the same block, the words are kept beside and whoever wrote them chooses."""
    with transaction.atomic():
        held = _hold(note, by)
        stood = held.versions.filter(is_beside=False)
        # A number that nobody gave is a form gone wrong: compared with the first, all is shown.
        old = stood.filter(number=base).first() or stood.earliest("number")
        return _keep(held, words, old, by=by, now=now)


def settle(
    note: Note, clashing: Clashing, words: Words, *, by: Person, now: datetime
) -> Kept | Clashing:
    """What was chosen, kept as any other change: it grew from what stood when it was chosen."""
    with transaction.atomic():
        return _keep(_hold(note, by), words, clashing.theirs, by=by, now=now)


def put_back(note: Note, version: NoteVersion, *, by: Person, now: datetime, summary: str) -> Kept:
    """An earlier version becomes the newest; what stands now stays in the history."""
    with transaction.atomic():
        held = _hold(note, by)
        words = Words(version.title, version.html, summary)
        if _stands(held, words):
            return Kept(held.versions.get(number=held.version), is_new=False)
        return Kept(_stand(held, words, by=by, now=now, grew_from=held.version))


def put_away(note: Note, *, by: Person, now: datetime | None) -> None:
    """Out of the lists; with no `now`, back into them."""
    with transaction.atomic():
        held = Note.objects.select_for_update().get(pk=note.pk)
        _check(held.space.audience_id, by)
        held.archived_at = now
        held.save(update_fields=["archived_at"])


def _keep(
    note: Note, words: Words, old: NoteVersion, *, by: Person, now: datetime
) -> Kept | Clashing:
    if old.number == note.version:
        if _stands(note, words):
            return Kept(note.versions.get(number=note.version), is_new=False)
        return Kept(_stand(note, words, by=by, now=now, grew_from=old.number))
    theirs = note.versions.get(number=note.version)
    title = merge_line(old.title, words.title, theirs.title)
    merging = merge(old.html, words.html, theirs.html)
    if title is None or merging.clashes:
        return Clashing(old, _beside(note, words, old, by=by, now=now), theirs)
    whole = Words(title, clean(merging.settled(lambda _number, _clash: [])), words.summary)
    if _stands(note, whole):
        return Kept(theirs, is_new=False)
    version = _stand(note, whole, by=by, now=now, grew_from=old.number)
    return Kept(version, was_merged=True)


def _hold(note: Note, by: Person) -> Note:
    """The note as it is now, kept for this transaction. Raises NotWritable."""
    held = Note.objects.select_for_update().get(pk=note.pk)
    _check(held.space.audience_id, by)
    if held.is_put_away:
        raise NotWritable
    return held


def _check(audience: UUID, by: Person) -> None:
    if not Audience.objects.writable_by(by).filter(pk=audience).exists():
        raise NotWritable


def _stands(note: Note, words: Words) -> bool:
    """True if these are the words that stand, however the editor wrote them."""
    same = [block.key for block in cut(note.html)] == [block.key for block in cut(words.html)]
    return same and note.title == words.title


def _next(note: Note) -> int:
    return int(note.versions.aggregate(most=Max("number"))["most"] or 0) + 1


def _stand(note: Note, words: Words, *, by: Person, now: datetime, grew_from: int) -> NoteVersion:
    """Makes these words the newest version."""
    version = note.versions.create(
        number=_next(note), grew_from=grew_from, title=words.title, html=words.html,
        summary=words.summary, by=by, at=now,
    )  # fmt: skip
    note.title, note.html, note.version = words.title, words.html, version.number
    note.changed_by, note.changed_at = by, now
    note.save()
    announce("note_changed", note.pk)
    return version


def _beside(
    note: Note, words: Words, old: NoteVersion, *, by: Person, now: datetime
) -> NoteVersion:
    """Keeps words that clashed; the same words sent again are the same row."""
    same = {"grew_from": old.number, "title": words.title, "html": words.html, "by": by}
    found = note.versions.filter(is_beside=True, **same).first()
    return found or note.versions.create(
        number=_next(note), summary=words.summary, at=now, is_beside=True, **same
    )
