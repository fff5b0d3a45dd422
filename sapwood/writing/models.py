"""Draft: text that is being written, saved every few seconds, read by its writer alone."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import LEAVING, Policy
from sapwood.core.seen import is_blank
from sapwood.people.models import Person
from sapwood.writing.words import first_line


class DraftQuerySet(models.QuerySet["Draft"]):
    """Questions about drafts."""

    def of(self, person: Person) -> Self:
        """One's own; there is no other way to read one."""
        return self.filter(person=person)

    def in_slot(self, slot: str) -> Self:
        """Drafts of one text box, such as "thread-<uuid>"; the newest first."""
        return self.filter(slot=slot)


class Draft(models.Model):
    """The fields of one form as last saved. The browser makes the id, which becomes the entry's.

    `slot` says which text box it is; `revision` grows with every save, so that a window that knows
    an older one cannot write over newer words.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    slot = models.CharField(max_length=60)
    fields = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    privacy = Policy(
        title=_("Drafts"),
        purpose=_("So that nothing you write is lost."),
        seen_by=_("Only you"),
        retention=_("Until you keep, send or throw them away, or 12 months after you leave."),
        swept_by=LEAVING,
        export=("id", "slot", "fields", "saved_at"),
        private=True,
    )

    class Meta:
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["person", "slot", "-saved_at"])]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        """The title, or the first line; empty while nothing can be read."""
        title, text = self.fields.get("title", ""), self.fields.get("text", "")
        return "" if is_blank(title + text) else first_line(text if is_blank(title) else title, 80)

    @property
    def answers(self) -> dict[str, object]:
        """What a form of this box begins with: its words, its id and the revision it grows from."""
        return {**self.fields, "id": self.pk, "base": self.revision}

    def overwrite(self, fields: dict[str, str], revision: int, now: datetime) -> None:
        """Saves newer words."""
        self.fields, self.revision, self.saved_at = fields, revision, now
        self.save()
