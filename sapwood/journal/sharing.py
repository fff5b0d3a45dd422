"""Showing an entry to people by name, and taking it back; the moment it made goes along."""

from collections.abc import Iterable

from django.db import transaction

from sapwood.journal.models import EntryShare, JournalEntry
from sapwood.ledger.models import Moment, Visibility
from sapwood.ledger.sharing import share_only_with
from sapwood.people.models import Person

SOURCE = "journal"


def moment_made_by(entry: JournalEntry) -> Moment | None:
    """The moment that keeping this entry made, if it did and the person has not deleted it."""
    moments = Moment.objects.filter(
        person_id=entry.person_id, source_type=SOURCE, source_id=entry.pk
    )
    return moments.first()


def share(entry: JournalEntry, *, with_people: Iterable[Person]) -> None:
    """Lets these people read and answer, besides those who can already; oneself is left out."""
    people = [person for person in with_people if person.pk != entry.person_id]
    with transaction.atomic():
        for person in people:
            EntryShare.objects.get_or_create(entry=entry, person=person)
        _follow(entry)


def take_back(entry: JournalEntry, *, from_person: Person | None = None) -> None:
    """Ends the share with one person, or with all. It is gone for them from now on."""
    with transaction.atomic():
        gone = {} if from_person is None else {"person": from_person}
        entry.shares.filter(**gone).delete()
        _follow(entry)


def _follow(entry: JournalEntry) -> None:
    """Brings the entry's visibility and the moment it made in step with its shares."""
    readers = list(entry.readers.all())
    seen_by = Visibility.PEOPLE if readers else Visibility.PRIVATE
    if entry.visibility != seen_by:
        entry.visibility = seen_by
        entry.save(update_fields=["visibility"])
    if moment := moment_made_by(entry):
        share_only_with(moment, readers)
