"""A reply to a shared entry: between the one who wrote the entry and the one who answers."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.journal.models.entry import JournalEntry
from sapwood.people.models import Person
from sapwood.writing.words import Piece, paragraphs


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Questions about replies."""

    def visible_to(self, person: Person) -> Self:
        """Replies to one's own entries, and one's own to entries that are still shared."""
        shown = JournalEntry.objects.visible_to(person)
        return self.filter(
            models.Q(entry__person=person) | models.Q(author=person, entry__in=shown.values("pk"))
        )


class Reply(models.Model):
    """A few plain words back; several readers of one entry don't see each other's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry = models.ForeignKey(JournalEntry, models.CASCADE, related_name="replies")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("your reply"), max_length=4000)
    at = models.DateTimeField(default=timezone.now)

    objects = ReplyQuerySet.as_manager()

    privacy = Policy(
        title=_("Your replies to entries"),
        purpose=_("So that you can answer what a colleague showed you."),
        seen_by=_("You and the colleague who wrote the entry"),
        retention=_("Until you delete it, or the entry goes."),
        person="author",
        export=("at", "text"),
        erase="anonymise",
    )

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def body(self) -> list[list[list[Piece]]]:
        """The words as paragraphs, lines and links."""
        return paragraphs(self.text)

    def can_edit(self, person: Person) -> bool:
        """Only who wrote it."""
        return self.author_id == person.pk
