"""Leaving: that somebody left, so that no rule brings them back and stewards have a count."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import LEAVING, Policy
from sapwood.people.models import Person
from sapwood.spaces.models.space import Space


class Leaving(models.Model):
    """One row for each person and group, gone again when they come back. Told to nobody by name.

    Who `was_removed` by a steward comes back by a steward alone, unless everyone may join.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="leavings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    was_removed = models.BooleanField(_("whether a steward took you out"), default=False)

    privacy = Policy(
        title=_("Groups you left"),
        purpose=_("So that no rule brings you back to a group that you left."),
        seen_by=_("Only you"),
        retention=_("Until you come back, or 12 months after you leave here."),
        swept_by=LEAVING,
        private=True,
        link="groups",
        export=("space__name", "at", "was_removed"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "person"], name="left_once"),
        ]
        indexes = [models.Index(fields=["space", "at"])]

    def __str__(self) -> str:
        return str(self.pk)
