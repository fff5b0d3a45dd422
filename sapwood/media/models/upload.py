"""Upload: a picture or a file that somebody brought in, checked and kept."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.people.models import Person


class UploadQuerySet(models.QuerySet["Upload"]):
    """Questions about uploads."""

    def visible_to(self, person: Person) -> Self:
        """One's own. Others reach an upload through a signed address on a page they may see."""
        return self.filter(owner=person)

    def pictures(self) -> Self:
        """Pictures only."""
        return self.filter(kind=Upload.Kind.IMAGE)

    def loose(self, before: datetime) -> Self:
        """Used by nothing since before `before`."""
        return self.filter(unused_since__lt=before)


class Upload(models.Model):
    """`sha256` and `size` are those of the stored bytes; a picture also has its size in pixels."""

    class Kind(models.TextChoices):
        """What it is."""

        IMAGE = "image", _("Picture")
        FILE = "file", _("File")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="uploads")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    alt = models.CharField(_("what the picture shows"), max_length=300, blank=True)
    file = models.FileField(max_length=200)
    small = models.FileField(max_length=200, blank=True)
    unused_since = models.DateTimeField(null=True, default=timezone.now, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UploadQuerySet.as_manager()

    privacy = Policy(
        title=_("Pictures and files you brought in"),
        purpose=_("So that what you publish can show pictures and carry files."),
        seen_by=_("Whoever may see the page they are on"),
        retention=_("As long as that page; unused ones go after a week."),
        swept_by="sapwood.media.tasks.sweep_loose_uploads",
        person="owner",
        circle="everyone",
        export=("name", "content_type", "size", "alt", "created_at"),
        attachment="as_file",
        erase="anonymise",
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="file") | models.Q(width__gt=0, height__gt=0),
                name="picture_has_a_size",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """True for what pages show; the rest is downloaded."""
        return self.kind == self.Kind.IMAGE

    def as_file(self) -> tuple[str, bytes] | None:
        """Name and bytes, for the owner's copy; None if the bytes are lost."""
        try:
            with self.file.open("rb") as stored:
                return f"{self.pk}-{get_valid_filename(self.name)}", stored.read()
        except FileNotFoundError:
            return None

    def attach(self) -> None:
        """Notes that something uses it, so that the sweep leaves it alone."""
        if self.unused_since:
            self.unused_since = None
            self.save(update_fields=["unused_since"])

    def remove(self) -> None:
        """Deletes the row and the stored bytes."""
        for stored in (self.file, self.small):
            if stored:
                stored.delete(save=False)
        self.delete()
