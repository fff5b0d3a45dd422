"""Moment, the atom of the product: a person learned something, on a day, in a way."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import LEAVING, Policy, Shown
from sapwood.ledger.ways import WAYS, Form, Objective, Place, Way
from sapwood.people.folding import fold
from sapwood.people.models import Person

LONGEST = 2000  # characters of what was learned


class Visibility(models.TextChoices):
    """Who can see a moment."""

    PRIVATE = "private", _("Only you")
    PEOPLE = "people", _("People you pick")


class MomentQuerySet(models.QuerySet["Moment"]):
    """Questions about moments."""

    def of(self, person: Person) -> Self:
        """One's own record."""
        return self.filter(person=person)

    def visible_to(self, person: Person) -> Self:
        """One's own, and those that a colleague shared with this person by name."""
        return self.filter(
            models.Q(person=person)
            | models.Q(
                visibility=Visibility.PEOPLE,
                pk__in=Moment.objects.filter(shares__person=person).values("pk"),
            )
        )

    def in_ring(self, ring: int) -> Self:
        """Moments of one ring, 0 to 3."""
        return self.filter(ring=ring)

    def in_year(self, year: int) -> Self:
        """Moments of a calendar year."""
        return self.filter(occurred_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def saying(self, words: str) -> Self:
        """Those whose text, or the name of whose way, holds every word; accents don't matter."""
        found = self
        for word in fold(words).split():
            ways = [way.id for way in WAYS.values() if word in fold(way.name)]
            found = found.filter(models.Q(folded__contains=word) | models.Q(way__in=ways))
        return found

    def unreacted(self, before: datetime) -> Self:
        """Kept before then, and its reactions have not all succeeded."""
        return self.filter(reacted_at=None, created_at__lt=before).order_by("cursor")


class Moment(models.Model):
    """One moment. `ring` follows from `way`; the person may change form and place on each one."""

    cursor = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="moments")
    occurred_on = models.DateField(_("when"))
    way = models.CharField(_("way of learning"), max_length=32)
    ring = models.PositiveSmallIntegerField(editable=False)
    title = models.TextField(_("what you learned, and from what"), max_length=LONGEST)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    form = models.CharField(_("form"), max_length=10, choices=Form.choices)
    place = models.CharField(_("where"), max_length=8, choices=Place.choices)
    intended = models.BooleanField(default=True)
    planned = models.BooleanField(default=False)
    on_work_time = models.BooleanField(null=True, blank=True)
    objectives = models.PositiveSmallIntegerField(default=0)
    source_type = models.CharField(max_length=32, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    source_title = models.CharField(max_length=300, blank=True)
    visibility = models.CharField(
        max_length=8, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    shared_with = models.ManyToManyField(
        Person, through="MomentShare", related_name="moments_shared_with_me"
    )
    reflected = models.BooleanField(default=False)
    knot = models.CharField(_("name of this moment in your rings"), max_length=80, blank=True)
    folded = models.TextField(blank=True, editable=False)
    client_key = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    reacted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MomentQuerySet.as_manager()

    privacy = Policy(
        title=_("Rings and moments"),
        purpose=_("So that you can see how you learn."),
        seen_by=_("Only you, unless you pick someone"),
        retention=_("Until you delete them, or 12 months after you leave."),
        swept_by=LEAVING,
        export=(
            "uid", "occurred_on", "way", "ring", "title", "minutes", "form", "place", "intended",
            "planned", "on_work_time", "objectives", "source_type", "source_title", "visibility",
            "reflected", "knot", "created_at",
        ),
        private=True,
        link="moments",
        shown=Shown(
            title=_("Moments you showed to people"),
            purpose=_("You showed them. You can take each one back."),
            readers="shares__person",
            link="moments",
            query="year=all&shared=1",
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["-occurred_on", "-cursor"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ring__lte=3), name="ring_0_to_3"),
            models.CheckConstraint(condition=models.Q(objectives__lt=16), name="four_objectives"),
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values), name="visibility_known"
            ),
            models.CheckConstraint(condition=models.Q(form__in=Form.values), name="form_known"),
            models.UniqueConstraint(
                fields=["person", "client_key"], name="moment_once_per_client_key"
            ),
            models.UniqueConstraint(
                fields=["person", "source_type", "source_id"],
                condition=models.Q(source_id__isnull=False),
                name="moment_once_per_source",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-occurred_on", "-cursor"]),
            models.Index(
                fields=["cursor"], condition=models.Q(reacted_at=None), name="moment_unreacted"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    def save(self, *args: object, **kwargs: object) -> None:
        """The ring follows from the way, the searchable text from the words."""
        self.settle()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def settle(self) -> Self:
        """Fills in what follows from other fields."""
        self.ring = self.kind_of_way.ring
        self.folded = fold(f"{self.title} {self.knot} {self.source_title}")
        return self

    @property
    def kind_of_way(self) -> Way:
        """The way as data: name, hint, defaults."""
        return WAYS[self.way]

    @property
    def aims(self) -> list[Objective]:
        """The objectives it serves, one by one."""
        return list(Objective(self.objectives))

    @property
    def is_outside(self) -> bool:
        """True if it happened outside the organisation."""
        return self.place == Place.OUTSIDE

    @property
    def is_shared(self) -> bool:
        """True if anyone else can see it."""
        return self.visibility != Visibility.PRIVATE

    def can_edit(self, person: Person) -> bool:
        """Only its owner."""
        return self.person_id == person.pk
