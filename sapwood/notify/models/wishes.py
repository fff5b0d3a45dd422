"""How a person wants to hear of things: rhythm by group and channel, hours, pause, mutes."""

from datetime import time
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sapwood.core.policies import LEAVING, Policy
from sapwood.people.models import Person

PRIVATE: dict[str, Any] = {
    "seen_by": _("Only you"),
    "retention": _("Until you change them, or 12 months after you leave."),
    "swept_by": LEAVING,
    "private": True,
    "link": "inbox",
}


class Channel(models.TextChoices):
    """Where a notice reaches somebody."""

    INBOX = "inbox", pgettext_lazy("channel", "Here")
    EMAIL = "email", pgettext_lazy("channel", "E-mail")
    PUSH = "push", pgettext_lazy("channel", "Phone")


class Rhythm(models.TextChoices):
    """How soon."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    MONTHLY = "monthly", _("Monthly")
    OFF = "off", pgettext_lazy("rhythm", "Off")


class PreferenceQuerySet(models.QuerySet["Preference"]):
    """Questions about preferences."""

    def of(self, person: Person) -> Self:
        """One's own."""
        return self.filter(person=person)


class Preference(models.Model):
    """What somebody chose instead of the quiet default of a group of notices (kinds.py)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notice_preferences")
    group = models.CharField(max_length=20)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices)

    objects = PreferenceQuerySet.as_manager()

    privacy = Policy(
        title=_("Which notices reach you"),
        purpose=_("So that only what you want reaches you."),
        export=("group", "channel", "rhythm"),
        **PRIVATE,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "group", "channel"], name="preference_once"),
            models.CheckConstraint(
                condition=models.Q(rhythm__in=Rhythm.values), name="preference_rhythm_known"
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values), name="preference_channel_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.channel}"


class Quiet(models.Model):
    """Hours, the time and weekday (0 is Monday) of digests, and a pause. Days are on the person.

    `hours_to` before `hours_from` is a night shift; both alike is the whole day.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="quiet", primary_key=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    hours_from = models.TimeField(_("from"), default=time(7))
    hours_to = models.TimeField(_("to"), default=time(19))
    digest_at = models.TimeField(_("time of the e-mail"), default=time(7, 30))
    digest_day = models.PositiveSmallIntegerField(_("day of the weekly e-mail"), default=0)

    privacy = Policy(
        title=_("Your hours and pauses"),
        purpose=_("So that e-mail and phone wait until you work."),
        export=("paused_until", "hours_from", "hours_to", "digest_at", "digest_day"),
        **PRIVATE,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest_day__lte=6), name="quiet_digest_day_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Mute(models.Model):
    """Something that tells this person nothing: "thread:<id>", a place, or "kind:<slug>"."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notice_mutes")
    what = models.CharField(max_length=64)
    title = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("What you muted"),
        purpose=_("So that it stays quiet."),
        export=("what", "title", "at"),
        **PRIVATE,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "what"], name="mute_once")]

    def __str__(self) -> str:
        return self.what
