"""Greeting: that a member has read the welcome of a group, so that it is shown once."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import Policy
from sapwood.people.models import Person
from sapwood.spaces.models.space import Space

NEW_FOR = timedelta(days=60)  # who belongs for longer knows the place


class Greeting(models.Model):
    """One row for each person and group, gone when they leave. Told to nobody."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="greetings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("when you read it"), default=timezone.now)

    privacy = Policy(
        title=_("Welcomes you have read"),
        purpose=_("So that the welcome of a group is shown to you once."),
        seen_by=_("Only you"),
        retention=_("Until you leave the group."),
        private=True,
        link="groups",
        export=("space__name", "at"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "person"], name="greeted_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
