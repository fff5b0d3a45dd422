"""Who takes part in what, and who was there."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.activities.models.activity import Activity
from sapwood.activities.models.session import Session
from sapwood.core.policies import YEAR, Limit, Policy
from sapwood.people.models import Person


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Questions about taking part."""

    def visible_to(self, person: Person) -> Self:
        """One's own, and those in what one organises, where people take part by name."""
        from sapwood.activities.registry import kinds_with_names

        hosted = models.Q(activity__owner=person, activity__kind__in=kinds_with_names())
        return self.filter(models.Q(person=person) | hosted)

    def in_calendar(self) -> Self:
        """Of those who hold a place, and of those who help to run it."""
        takes = models.Q(state__in=(Participation.State.JOINED, Participation.State.COMPLETED))
        helps = models.Q(role=Participation.Role.HOST) & ~models.Q(state=Participation.State.LEFT)
        return self.filter(takes | helps)

    def holding_a_place(self) -> Self:
        """Learners who joined or finished."""
        return self.filter(
            role=Participation.Role.LEARNER,
            state__in=(Participation.State.JOINED, Participation.State.COMPLETED),
        )


class Participation(models.Model):
    """One person in one activity. What they took from it lies in their ledger, not here."""

    class Role(models.TextChoices):
        """What for."""

        LEARNER = "learner", _("Takes part")
        HOST = "host", _("Helps to run it")

    class State(models.TextChoices):
        """How far."""

        INVITED = "invited", _("Invited")
        JOINED = "joined", _("Takes part")
        COMPLETED = "completed", _("Finished")
        LEFT = "left", _("Left")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="participations")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.LEARNER)
    state = models.CharField(max_length=9, choices=State.choices, default=State.INVITED)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    joined_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    privacy = Policy(
        title=_("What you take part in"),
        purpose=_("So that you can go on where you were, and places are not given twice."),
        seen_by=_("You; where people take part by name, also who organises it"),
        retention=_("As long as the activity; if you leave it, 12 months after that at most."),
        limit=Limit(YEAR, "left_at", (("state", "left"),)),
        link="activities",
        export=("activity__title", "role", "state", "joined_at", "completed_at", "left_at"),
    )

    class Meta:
        ordering = ["-joined_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="participation_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["invited", "joined", "completed", "left"]),
                name="participation_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["learner", "host"]), name="participation_role_known"
            ),
        ]
        indexes = [models.Index(fields=["person", "state", "-joined_at"])]

    def __str__(self) -> str:
        return f"{self.activity_id}"

    @property
    def takes_a_place(self) -> bool:
        """True once joined, also when finished."""
        return self.state in (self.State.JOINED, self.State.COMPLETED)

    @property
    def is_completed(self) -> bool:
        """True once finished."""
        return self.state == self.State.COMPLETED


class Attendance(models.Model):
    """Somebody was at one session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="attendances")
    at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("Where you were present"),
        purpose=_("So that you and the organiser know who was there."),
        seen_by=_("You and who organises it"),
        retention=_("As long as the activity."),
        person="participation__person",
        export=("session__starts_at", "at"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "participation"], name="attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id}"
