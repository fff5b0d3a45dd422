"""Words of an entry that stand in a group; the entry itself stays where it is."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.conversations.models import Message, Thread
from sapwood.core.ids import uuid7
from sapwood.core.policies import LEAVING, Policy
from sapwood.journal.models.entry import JournalEntry
from sapwood.people.models import Person


class EntryPostQuerySet(models.QuerySet["EntryPost"]):
    """Questions about posts that grew from entries."""

    def of(self, person: Person) -> Self:
        """One's own; nobody else is told that a post grew from a journal."""
        return self.filter(person=person.pk)

    def standing(self) -> Self:
        """Those whose words are still there."""
        words = Message.objects.filter(
            thread=models.OuterRef("thread"), is_opening=True, removed_at=None
        )
        return self.filter(models.Exists(words))


class EntryPost(models.Model):
    """A copy, as its writer cut it: later changes of the entry do not reach the group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry = models.ForeignKey(JournalEntry, models.CASCADE, related_name="posts")
    thread = models.OneToOneField(
        Thread, models.CASCADE, related_name="+", verbose_name=_("where it stands")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = EntryPostQuerySet.as_manager()

    privacy = Policy(
        title=_("Which posts grew from your journal"),
        purpose=_("So that you can take them back from the entry."),
        seen_by=_("Only you; the group sees a post like any other"),
        retention=_("Until you take it back or delete the entry, or 12 months after you leave."),
        swept_by=LEAVING,
        export=("entry", "thread", "at"),
        private=True,
        link="journal",
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
