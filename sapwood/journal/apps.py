"""Journal as a Django app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The work journal: private notes on what work is teaching you."""

    name = "sapwood.journal"
    label = "journal"

    def ready(self) -> None:
        """Undo of a moment brings back which entries are about it."""
        from sapwood.journal.tying import entries_about, tie_entries
        from sapwood.ledger.erasing import Tie, carry_along

        carry_along(self.label, Tie(entries_about, tie_entries))
