"""Session: when and where an activity meets."""

from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from sapwood.activities.models.activity import Activity, in_calendar_of
from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.people.models import Person


class SessionQuerySet(models.QuerySet["Session"]):
    """Questions about sessions."""

    def visible_to(self, person: Person) -> Self:
        """Those of activities this person may see."""
        return self.filter(activity__in=Activity.objects.visible_to(person))

    def attended_by(self, person: Person) -> Self:
        """In what stands in this person's calendar, and those they lead."""
        theirs = Activity.objects.filter(in_calendar_of(person))
        return self.filter(
            models.Q(activity__in=theirs.values("pk")) | models.Q(facilitator=person)
        )

    def upcoming(self, now: datetime) -> Self:
        """Not over yet, soonest first."""
        return self.filter(ends_at__gte=now).order_by("starts_at")


class Session(models.Model):
    """Times are kept in UTC; the activity's time zone says what the clock on the wall shows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to join"), max_length=500, blank=True)
    facilitator = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SessionQuerySet.as_manager()

    privacy = Policy(
        title=_("Sessions you lead"),
        purpose=_("So that people know who leads a session."),
        seen_by=_("Whoever may see the activity"),
        retention=_("As long as the activity."),
        person="facilitator",
        circle="everyone",
        export=("starts_at", "ends_at", "place"),
        erase="anonymise",
    )

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["starts_at"])]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def local_start(self) -> datetime:
        """The start on the clock of the activity's place."""
        return self.starts_at.astimezone(ZoneInfo(self.activity.time_zone))

    @property
    def local_end(self) -> datetime:
        """The end on the clock of the activity's place."""
        return self.ends_at.astimezone(ZoneInfo(self.activity.time_zone))
