"""The details of a stretch assignment, and the applications to it."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.activities.models import Activity
from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.people.models import Person


class Stretch(models.Model):
    """What a good offer says before anyone applies."""

    activity = models.OneToOneField(
        Activity, models.CASCADE, primary_key=True, related_name="stretch"
    )
    why = models.TextField(_("why this work matters"), max_length=1500)
    beyond = models.TextField(_("what it asks beyond the usual"), max_length=1500)
    support = models.TextField(_("who supports you, and how"), max_length=1500)
    boundary = models.TextField(_("where it is safe to fail, and where to stop"), max_length=1500)
    shows = models.TextField(_("what will show that it worked"), max_length=1500, blank=True)
    site = models.CharField(_("where"), max_length=120, blank=True)

    def __str__(self) -> str:
        return str(self.activity_id)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Questions about applications."""

    def visible_to(self, person: Person) -> Self:
        """Private to the two: who applies and who offers."""
        return self.filter(models.Q(person=person) | models.Q(stretch__activity__owner=person))

    def open(self) -> Self:
        """Waiting for an answer."""
        return self.filter(state=Application.State.ASKED)


class Application(models.Model):
    """One person asks for a place, in a line; the owner answers, with a reason when it is no."""

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = "asked", _("Waiting for an answer")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Not this time")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CLOSED = "closed", _("Closed before an answer")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stretch = models.ForeignKey(Stretch, models.CASCADE, related_name="applications")
    person = models.ForeignKey(Person, models.CASCADE, related_name="stretch_applications")
    line = models.CharField(_("why you, in a line"), max_length=500)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    reason = models.CharField(_("your answer in a sentence or two"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)  # when a given place was given back

    objects = ApplicationQuerySet.as_manager()

    privacy = Policy(
        title=_("Stretch assignments you applied for"),
        purpose=_("So that the colleague who offers it can answer you."),
        seen_by=_("You and the colleague who offers it"),
        retention=_("As long as the offer; your line goes when you withdraw it."),
        export=(
            "stretch__activity__title",
            "line",
            "state",
            "reason",
            "created_at",
            "answered_at",
            "left_at",
        ),
    )

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["stretch", "person"], name="application_once"),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["asked", "agreed", "declined", "withdrawn", "closed"]
                ),
                name="application_state_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def has_stepped_back(self) -> bool:
        """True for somebody who had a place and gave it back."""
        return self.state == self.State.WITHDRAWN and self.left_at is not None
