"""Journal as a Django app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The work journal: private notes on what work is teaching you."""

    name = "sapwood.journal"
    label = "journal"

    def ready(self) -> None:
        """Undo of a moment brings back which entries are about it; drafts grow from entries."""
        from sapwood.journal.keeping import words_kept
        from sapwood.journal.tying import entries_about, tie_entries
        from sapwood.ledger.erasing import Tie, carry_along
        from sapwood.writing.drafting import keeps_words

        carry_along(self.label, Tie(entries_about, tie_entries))
        keeps_words(self.label, words_kept)
