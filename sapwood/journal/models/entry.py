"""JournalEntry: what a person wrote and kept about what work is teaching them."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import LEAVING, Policy, Shown
from sapwood.ledger.models import Moment, Visibility
from sapwood.people.folding import fold
from sapwood.people.models import Person
from sapwood.writing.words import Piece, first_line, paragraphs

LONGEST = 60_000


class JournalEntryQuerySet(models.QuerySet["JournalEntry"]):
    """Questions about entries."""

    def of(self, person: Person) -> Self:
        """One's own."""
        return self.filter(person=person)

    def visible_to(self, person: Person) -> Self:
        """One's own, and those a colleague shares with this person by name. No role adds any."""
        shown = person.entries_shown_me.values("pk")
        return self.filter(
            models.Q(person=person) | models.Q(visibility=Visibility.PEOPLE, pk__in=shown)
        )

    def with_readers(self) -> Self:
        """With the names of those they are shared with, in one further query."""
        return self.prefetch_related("readers")

    def matching(self, words: str) -> Self:
        """Entries that hold every one of the words, accents and case ignored."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded__contains=word)
        return found


class JournalEntry(models.Model):
    """A kept entry. What is still being written is a Draft, which nobody else can ever read.

    `about` is the moment it reflects on, if it was written about one; else keeping it made a
    moment of its own (source "journal"). `prompt` is the question as it was asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="journal_entries")
    prompt_id = models.CharField(max_length=8, blank=True)
    prompt = models.CharField(max_length=300, blank=True)
    model = models.CharField(max_length=32, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("your words"), max_length=LONGEST)
    folded = models.TextField(editable=False)
    written_on = models.DateField(_("written on"))
    kept_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    visibility = models.CharField(
        max_length=8, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    readers = models.ManyToManyField(Person, through="EntryShare", related_name="entries_shown_me")
    about = models.ForeignKey(
        Moment, models.SET_NULL, null=True, blank=True, related_name="entries_about"
    )

    objects = JournalEntryQuerySet.as_manager()

    privacy = Policy(
        title=_("Journal entries"),
        purpose=_("So that you can think in writing and find it again."),
        seen_by=_("Only you, unless you pick someone"),
        retention=_("Until you delete them, or 12 months after you leave."),
        swept_by=LEAVING,
        export=("id", "written_on", "prompt", "model", "title", "text", "visibility", "kept_at"),
        private=True,
        link="journal",
        shown=Shown(
            title=_("Entries you shared"),
            purpose=_("You shared them. You can take each one back."),
            readers="shares__person",
            link="journal_entries",
            query="shared=1",
        ),
    )

    class Meta:
        ordering = ["-written_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values), name="entry_visibility_known"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="entry_has_words"),
        ]
        indexes = [models.Index(fields=["person", "-written_on", "-id"])]

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: object, **kwargs: object) -> None:
        """Keeps the folded words for search in step."""
        self.folded = fold(f"{self.title}\n{self.prompt}\n{self.text}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def name(self) -> str:
        """The title, or the first line."""
        return self.title or first_line(self.text, 80)

    @property
    def opening(self) -> str:
        """The first words after the name, for lists."""
        rest = self.text.strip()
        return first_line(rest if self.title else rest.removeprefix(self.name), 160)

    @property
    def body(self) -> list[list[list[Piece]]]:
        """The words as paragraphs, lines and links."""
        return paragraphs(self.text)

    @property
    def is_shared(self) -> bool:
        """True if anyone else can read it."""
        return self.visibility != Visibility.PRIVATE

    def can_edit(self, person: Person) -> bool:
        """Only who wrote it."""
        return self.person_id == person.pk
