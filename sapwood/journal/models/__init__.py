"""The journal's tables."""

from sapwood.journal.models.draft import Draft
from sapwood.journal.models.entry import JournalEntry, JournalEntryQuerySet
from sapwood.journal.models.leaning import Leaning
from sapwood.journal.models.reply import Reply
from sapwood.journal.models.share import EntryShare

__all__ = ["Draft", "EntryShare", "JournalEntry", "JournalEntryQuerySet", "Leaning", "Reply"]
