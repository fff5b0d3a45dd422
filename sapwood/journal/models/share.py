"""An entry shown to a colleague by name; deleting the row takes it back at once."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import Policy
from sapwood.journal.models.entry import JournalEntry
from sapwood.people.models import Person


class EntryShare(models.Model):
    """Who may read one entry and answer it."""

    entry = models.ForeignKey(JournalEntry, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("Entries colleagues showed you"),
        purpose=_("So that you can read what a colleague chose to show you."),
        seen_by=_("You and the colleague"),
        retention=_("Until the colleague takes it back."),
        export=("shared_at",),
    )

    class Meta:
        ordering = ["shared_at"]
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="entry_share_once")]
        indexes = [models.Index(fields=["person", "-shared_at"])]

    def __str__(self) -> str:
        return str(self.entry_id)

    def erase(self) -> None:
        """Its reader was erased: the entry is private again when nobody else can read it."""
        from sapwood.journal.sharing import take_back

        take_back(self.entry, from_person=self.person)
