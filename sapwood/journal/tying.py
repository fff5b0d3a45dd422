"""Entries about a moment that is deleted: Undo ties them to it again."""

from uuid import UUID

from sapwood.journal.models import JournalEntry
from sapwood.ledger.models import Moment


def entries_about(moment: Moment) -> list[str]:
    """Ids of the entries that reflect on this moment."""
    return [str(pk) for pk in moment.entries_about.values_list("pk", flat=True)]


def tie_entries(moment: Moment, ids: list[str]) -> None:
    """The entries that are still there are about this moment again; without any it is unwritten."""
    if not ids:
        return
    own = JournalEntry.objects.of(moment.person).filter(pk__in=[UUID(pk) for pk in ids])
    if not own.filter(about=None).update(about=moment):
        moment.reflected = False
        moment.save(update_fields=["reflected", "changed_at"])
