"""Note: a page that a group writes together, with its versions and its files."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.conversations.models import Audience
from sapwood.conversations.models.audience import readable
from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.media.markup import plain
from sapwood.media.models import Upload
from sapwood.media.uses import RichText
from sapwood.people.folding import fold
from sapwood.people.models import Person
from sapwood.spaces.models.ritual import Ritual
from sapwood.spaces.models.space import Space

LONGEST_TITLE = 150
LONGEST_SUMMARY = 120


class NoteQuerySet(models.QuerySet["Note"]):
    """Questions about notes."""

    def visible_to(self, person: Person) -> Self:
        """In groups whose inside one may read. What was put away is among them: see `standing`."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        return self.filter(readable(person, "space__audience__"))

    def standing(self) -> Self:
        """Not put away."""
        return self.filter(archived_at=None)

    def put_away(self) -> Self:
        """Out of the lists, until somebody brings them back."""
        return self.exclude(archived_at=None)

    def matching(self, words: str) -> Self:
        """Every word is in the title or the text; accents do not matter."""
        found = self
        for term in fold(words).split():
            found = found.filter(folded__contains=term)
        return found

    def latest_first(self) -> Self:
        """Changed last comes first."""
        return self.order_by("-changed_at", "-pk")

    def for_page(self) -> Self:
        """With the group, who changed it last, and `writers`: how many have a version of it."""
        versions = NoteVersion.objects.filter(note=models.OuterRef("pk"), is_beside=False)
        counted = versions.exclude(by=None).order_by().values("note")
        writers = counted.annotate(n=models.Count("by", distinct=True)).values("n")
        found = self.select_related("space__audience", "changed_by").defer("folded")
        return found.annotate(writers=models.functions.Coalesce(models.Subquery(writers), 0))

    def for_lists(self) -> Self:
        """The same without the texts."""
        return self.for_page().defer("html", "folded")


class Note(models.Model):
    """`html` is rich text after the allow-list; `version` is the number of the `NoteVersion` that
    stands. A recap of a gathering names its `ritual` and the day on which it was held."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(
        Space, models.CASCADE, related_name="notes", verbose_name=_("the group")
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    html = RichText(_("the text"), blank=True)
    folded = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("who began it")
    )
    changed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("who changed it last")
    )
    changed_at = models.DateTimeField(_("when it was changed"), default=timezone.now)
    ritual = models.ForeignKey(
        Ritual, models.SET_NULL, null=True, blank=True, related_name="recaps",
        verbose_name=_("the gathering it is about"),
    )  # fmt: skip
    held_on = models.DateField(_("the day of that gathering"), null=True, blank=True)
    archived_at = models.DateTimeField(_("when it was put away"), null=True, blank=True)
    files = models.ManyToManyField(Upload, through="NoteFile", related_name="+")

    objects = NoteQuerySet.as_manager()

    privacy = Policy(
        title=_("Notes of groups that you changed last"),
        purpose=_("So that a group keeps what it knows, and sees who wrote it."),
        seen_by=_("Whoever may read the group"),
        retention=_("As long as the group keeps the note; your name goes with your account."),
        person="changed_by",
        circle="everyone",
        link="groups",
        export=("id", "space__name", "title", "changed_at"),
        erase="anonymise",
    )

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["space", "archived_at", "-changed_at"])]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the words that searches compare in step."""
        if "html" not in self.get_deferred_fields():
            self.folded = fold(f"{self.title} {plain(self.html)}")
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "folded"}
        super().save(*args, **kwargs)

    @classmethod
    def forget_mentions(cls, person: Person) -> None:
        """Who began a note is forgotten like who changed it last."""
        cls.objects.filter(made_by=person).update(made_by=None)

    @property
    def is_put_away(self) -> bool:
        """True once it is out of the lists."""
        return self.archived_at is not None

    def can_write(self, person: Person) -> bool:
        """Whoever may write in its group: change, put away, bring back."""
        return Audience.objects.writable_by(person).filter(space=self.space_id).exists()

    def can_delete(self, person: Person) -> bool:
        """For good: a steward of the group, once it was put away."""
        return self.is_put_away and self.space.can_edit(person)

    def attachments(self) -> list["NoteFile"]:
        """Its files, in order."""
        return list(self.note_files.select_related("upload"))


class NoteVersion(models.Model):
    """The note as somebody kept it, numbered from 1; `grew_from` is what they had begun with.

    What is `is_beside` never stood: it clashed with what somebody else had kept, and stays so that
    nothing is lost.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    note = models.ForeignKey(
        Note, models.CASCADE, related_name="versions", verbose_name=_("the note")
    )
    number = models.PositiveIntegerField()
    grew_from = models.PositiveIntegerField(_("the version it grew from"), default=0)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    html = RichText(_("the text"), blank=True)
    summary = models.CharField(
        _("what changed, in a few words"), max_length=LONGEST_SUMMARY, blank=True
    )
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="note_versions",
        verbose_name=_("who wrote it"),
    )  # fmt: skip
    at = models.DateTimeField(_("when it was kept"), default=timezone.now)
    is_beside = models.BooleanField(_("whether it ever stood"), default=False)

    privacy = Policy(
        title=_("What you wrote in notes of groups"),
        purpose=_("So that earlier words of a note can be read, compared and put back."),
        seen_by=_("Whoever may read the group"),
        retention=_("As long as the group keeps the note; your name goes with your account."),
        person="by",
        circle="everyone",
        link="groups",
        export=("note", "number", "title", "html", "summary", "at"),
        erase="anonymise",
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="note_version_once"),
            models.CheckConstraint(
                condition=models.Q(number__gt=models.F("grew_from")), name="note_version_grows"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class NoteFile(models.Model):
    """A file that comes with a note."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    note = models.ForeignKey(Note, models.CASCADE, related_name="note_files")
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["note", "upload"], name="note_file_once")]

    def __str__(self) -> str:
        return str(self.upload_id)

    @property
    def ending(self) -> str:
        """Its type as people say it."""
        return self.upload.name.rpartition(".")[2].upper()
