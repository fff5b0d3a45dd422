"""A year of somebody's rings that they show to colleagues by name."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import Policy
from sapwood.people.models import Person


class ShownYearQuerySet(models.QuerySet["ShownYear"]):
    """Questions about years that are shown."""

    def shown_to(self, person: Person) -> Self:
        """Those that this person may look at; their owners have the rings page itself."""
        return self.filter(shares__person=person)


class ShownYear(models.Model):
    """A year whose picture somebody can see; it goes with the last of its readers."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="shown_years")
    year = models.PositiveSmallIntegerField()

    objects = ShownYearQuerySet.as_manager()

    privacy = Policy(
        title=_("Rings that you show to people"),
        purpose=_(
            "So that people you picked see the picture of that year: days, rings and marks, and "
            "only those names of moments that you showed them."
        ),
        seen_by=_("You and the people you picked"),
        retention=_("Until you take them back."),
        export=("year",),
        link="rings",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "year"], name="shown_year_once")]

    def __str__(self) -> str:
        return str(self.year)


class YearShare(models.Model):
    """Who may see one year; deleting the row takes it back at once."""

    shown = models.ForeignKey(ShownYear, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("Rings colleagues showed you"),
        purpose=_("So that you can see what a colleague chose to show you."),
        seen_by=_("You and the colleague"),
        retention=_("Until the colleague takes it back."),
        export=("shared_at",),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shown", "person"], name="year_share_once")]
        indexes = [models.Index(fields=["person", "-shared_at"])]

    def __str__(self) -> str:
        return str(self.shown_id)

    def erase(self) -> None:
        """Its reader was erased: the year is private again when nobody else can see it."""
        from sapwood.home.showing import take_back

        take_back(self)
