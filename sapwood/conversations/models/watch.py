"""What a person follows or has muted, and how far they have read; for themselves alone."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.conversations.models.audience import Audience
from sapwood.conversations.models.thread import Thread
from sapwood.core.policies import LEAVING, Policy
from sapwood.people.models import Person


class WatchQuerySet(models.QuerySet["Watch"]):
    """Questions about following."""

    def of(self, person: Person) -> Self:
        """One's own; there is no other way to read one."""
        return self.filter(person=person)

    def muted(self) -> Self:
        """What its owner wants to hear nothing of."""
        return self.filter(is_muted=True)

    def following(self) -> Self:
        """What its owner wants to hear of."""
        return self.filter(is_muted=False)


class Watch(models.Model):
    """A thread, a group or a person that one follows, or has muted. Exactly one of the three."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="watches")
    thread = models.ForeignKey(
        Thread, models.CASCADE, null=True, related_name="watches", verbose_name=_("the thread")
    )
    audience = models.ForeignKey(
        Audience, models.CASCADE, null=True, related_name="watches", verbose_name=_("the group")
    )
    other = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        related_name="watched_by",
        verbose_name=_("the colleague"),
    )
    is_muted = models.BooleanField(_("whether it is muted"), default=False)
    at = models.DateTimeField(default=timezone.now)

    objects = WatchQuerySet.as_manager()

    privacy = Policy(
        title=_("What you follow or have muted"),
        purpose=_("So that you hear what you want to hear."),
        seen_by=_("Only you"),
        retention=_("Until you change it, or 12 months after you leave."),
        swept_by=LEAVING,
        private=True,
        link="groups",
        export=("thread", "audience__name", "other__name", "is_muted", "at"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "thread"], name="watch_thread_once"),
            models.UniqueConstraint(fields=["person", "audience"], name="watch_audience_once"),
            models.UniqueConstraint(fields=["person", "other"], name="watch_person_once"),
            models.CheckConstraint(
                condition=(
                    models.Q(thread__isnull=False, audience=None, other=None)
                    | models.Q(thread=None, audience__isnull=False, other=None)
                    | models.Q(thread=None, audience=None, other__isnull=False)
                ),
                name="watch_exactly_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ReadMark(models.Model):
    """Up to when one has read a thread, to jump to what is new."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    thread = models.ForeignKey(
        Thread, models.CASCADE, related_name="+", verbose_name=_("the thread")
    )
    at = models.DateTimeField()

    privacy = Policy(
        title=_("How far you have read"),
        purpose=_("So that a thread opens where you stopped."),
        seen_by=_("Only you"),
        retention=_("As long as the thread, or 12 months after you leave."),
        swept_by=LEAVING,
        private=True,
        link="groups",
        export=("thread", "at"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="read_mark_once")]

    def __str__(self) -> str:
        return str(self.pk)
