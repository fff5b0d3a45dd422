"""Ritual: something that a group does together again and again, by the clock of one place."""

from typing import Any

from django.core.cache import cache
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.spaces.models.space import Space

DAY = 24 * 60
KEPT_FOR = 60  # seconds for which another process may still show them as they were


class Rhythm(models.TextChoices):
    """How often, counted from the first day."""

    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    FOUR_WEEKLY = "four_weekly", _("Every four weeks")
    MONTHLY = "monthly", _("Every month, on that weekday")


class Ritual(models.Model):
    """`at` is what the wall clock of `time_zone` shows, in summer and winter alike.

    Monthly means the same weekday of the month as the first day: the third Tuesday; what begins on
    a fifth one is held on the last. `left_out` holds days (ISO) on which it does not take place.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="rituals")
    name = models.CharField(_("name"), max_length=120)
    about = models.CharField(_("in one sentence"), max_length=200, blank=True)
    rhythm = models.CharField(max_length=11, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    starts_on = models.DateField(_("first day"))
    at = models.TimeField(_("begins at"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=45, validators=[MinValueValidator(5), MaxValueValidator(DAY)]
    )
    time_zone = models.CharField(_("time zone"), max_length=64)
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(_("address of the call"), max_length=500, blank=True)
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    left_out = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        ordering = ["starts_on", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rhythm__in=Rhythm.values), name="ritual_rhythm"
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=DAY), name="ritual_minutes"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("starts_on")),
                name="ritual_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A change shows at once in this process."""
        super().save(*args, **kwargs)
        cache.delete(_key(self.space))

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """So does an end."""
        cache.delete(_key(self.space))
        return super().delete(*args, **kwargs)

    @classmethod
    def kept_of(cls, space: Space) -> list["Ritual"]:
        """Those of a group, for every view of its page: they seldom change, and tell of nobody."""
        found: list[Ritual] | None = cache.get(_key(space))
        if found is None:
            found = list(cls.objects.filter(space=space.pk))
            cache.set(_key(space), found, KEPT_FOR)
        for ritual in found:
            ritual.space = space
        return found


def _key(space: Space) -> str:
    return f"rituals:{space.pk}"
