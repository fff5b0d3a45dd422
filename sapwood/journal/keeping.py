"""Keeping an entry: the draft becomes an entry, and the entry a moment, in one transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sapwood.journal.models import JournalEntry, Reply
from sapwood.journal.prompts import Prompt
from sapwood.journal.sharing import SOURCE, moment_made_by
from sapwood.ledger.models import Moment, Trunk
from sapwood.ledger.recording import record
from sapwood.people.models import Person
from sapwood.writing.drafting import (
    Conflict,
    Kept,
    Standing,
    one_at_a_time,
    posted,
    same,
    standing,
)
from sapwood.writing.models import Draft

WAY = "journal_reflection"


def words_kept(pk: UUID) -> Kept | None:
    """The entry of this id, which drafts may grow from, or the reply, which was sent."""
    if entry := JournalEntry.objects.filter(pk=pk).first():
        fields = {"title": entry.title, "text": entry.text, "prompt": entry.prompt_id}
        return Kept(entry.person_id, Standing(entry.revision, fields, entry.changed_at))
    if reply := Reply.objects.filter(pk=pk).first():
        return Kept(reply.author_id, Standing(1, {"text": reply.text}, reply.at, is_sent=True))
    return None


def keep(
    person: Person,
    pk: UUID,
    *,
    text: str,
    now: datetime,
    title: str = "",
    prompt: Prompt | None = None,
    about: Moment | None = None,
    base: int = 0,
) -> JournalEntry:
    """Keeps what was written under `pk`, which grew from revision `base`, and drops its draft.

    A new entry makes one moment of its own, or marks the moment it is `about` as reflected. Keeping
    the same words twice changes nothing. Raises Conflict or NotYours (writing).
    """
    with transaction.atomic():
        one_at_a_time(person)
        held = standing(person, pk)
        entry = JournalEntry.objects.filter(pk=pk).first()
        is_new = entry is None
        unchanged = same(held.fields, held.fields | {"title": title, "text": text})
        if base != held.revision and not unchanged:
            raise Conflict(held)
        if entry is None:
            entry = JournalEntry(
                pk=pk, person=person, written_on=now.date(), kept_at=now, about=about
            )
            entry.prompt_id, entry.model = (prompt.id, prompt.model) if prompt else ("", "")
            entry.prompt = prompt.text if prompt else ""
        entry.title, entry.text = title, text
        entry.revision, entry.changed_at = held.revision + 1, now
        entry.save()
        posted(person, pk)
        _note_moment(entry, is_new)
    return entry


def _note_moment(entry: JournalEntry, is_new: bool) -> None:
    """One moment an entry: the one it is about, or its own, whose title follows the entry's."""
    if entry.about:
        Moment.objects.filter(pk=entry.about.pk).update(reflected=True)
        Trunk.touch(entry.person_id)
    elif is_new:
        record(
            entry.person,
            way=WAY,
            title=entry.name,
            occurred_on=entry.written_on,
            source=(SOURCE, entry.pk, entry.name),
            reflected=True,
        )
    elif moment := moment_made_by(entry):
        moment.title = moment.source_title = entry.name
        moment.save()
        Trunk.touch(entry.person_id)


def delete(entry: JournalEntry) -> None:
    """Deletes the entry with its shares, replies, draft and the moment it made; no words stay."""
    about = entry.about
    with transaction.atomic():
        Moment.objects.filter(
            person_id=entry.person_id, source_type=SOURCE, source_id=entry.pk
        ).delete()
        Draft.objects.filter(pk=entry.pk).delete()
        entry.delete()
        if about and not JournalEntry.objects.filter(about=about).exists():
            Moment.objects.filter(pk=about.pk).update(reflected=False)
        Trunk.touch(entry.person_id)
