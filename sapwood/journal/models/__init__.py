"""The journal's tables."""

from sapwood.journal.models.entry import JournalEntry, JournalEntryQuerySet
from sapwood.journal.models.leaning import Leaning
from sapwood.journal.models.post import EntryPost
from sapwood.journal.models.reply import Reply
from sapwood.journal.models.share import EntryShare

__all__ = ["EntryPost", "EntryShare", "JournalEntry", "JournalEntryQuerySet", "Leaning", "Reply"]
