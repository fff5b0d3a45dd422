"""Letter: an e-mail with notices, claimed before it is sent, so that none leaves twice."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import Limit, Policy
from sapwood.people.models import Person


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about letters."""

    def waiting(self, now: datetime) -> Self:
        """Whose time to be sent, or to be tried again, has come."""
        return self.filter(state=Letter.State.WAITING, next_try_at__lte=now)

    def left_open(self, before: datetime) -> Self:
        """Being sent since before `before`: whoever sent them is gone."""
        return self.filter(state=Letter.State.SENDING, next_try_at__lt=before)


class Letter(models.Model):
    """What one e-mail tells of: `parts` holds [id of the notice, number of events] for each.

    `key` is the occasion, such as "digest:2025-02-03T07:30"; the constraint makes it happen once.
    SENDING is written before the mail server is spoken to. A letter found in it later is LOST: it
    may have left, and is not sent again; its notices stay in the inbox.
    """

    class Kind(models.TextChoices):
        """One thread at once, or all that waited."""

        THREAD = "thread", _("About one thing")
        DIGEST = "digest", _("What waited")

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        EMPTY = "empty", _("Nothing was left to tell")
        FAILED = "failed", _("Could not be sent")
        LOST = "lost", _("Cut off while it was sent")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="letters")
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    rhythm = models.CharField(max_length=8)
    parts = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    message_id = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    privacy = Policy(
        title=_("E-mails with notices"),
        purpose=_("So that none reaches you twice."),
        seen_by=_("Only you"),
        retention=_("60 days; what stood in them is not kept."),
        limit=Limit(timedelta(days=60), "at"),
        export=("at", "kind", "rhythm", "state", "sent_at"),
        private=True,
        link="inbox",
    )

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="letter_once")]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["waiting", "sending"]),
                name="letter_to_send",
            ),
            models.Index(fields=["at"], name="letter_at"),
        ]

    def __str__(self) -> str:
        return self.key
