"""Reply by e-mail: the addresses that letters are answered to, and which answers came."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import Limit, Policy
from sapwood.people.models import Person

OPEN = timedelta(days=90)
KNOWN = timedelta(days=30)  # after that, a letter back says that it has ended


class ReplyAddress(models.Model):
    """Where one person's answers about one thing go: a thread, or a question of their journal.

    `purpose` names who takes the answer (inbound/registry.py); `about` is theirs to read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="reply_addresses")
    purpose = models.CharField(max_length=20)
    about = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    privacy = Policy(
        title=_("Addresses that take your replies"),
        purpose=_("So that you can answer by e-mail."),
        seen_by=_("Only you"),
        retention=_("90 days after the last letter that could be answered, and 30 more closed."),
        limit=Limit(KNOWN, "expires_at"),
        export=("purpose", "about", "expires_at"),
        private=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "about"], name="reply_address_once"
            )
        ]
        indexes = [models.Index(fields=["expires_at"], name="reply_address_ends")]

    def __str__(self) -> str:
        return str(self.pk)

    def is_open(self, now: datetime) -> bool:
        """True while it takes answers."""
        return now < self.expires_at


class Received(models.Model):
    """A letter that came to a reply address; its key makes it count once. Words are not kept."""

    class Outcome(models.TextChoices):
        """What became of it."""

        TAKEN = "taken", _("Taken")
        RETURNED = "returned", _("Sent back")
        STRANGER = "stranger", _("From another address")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="letters_received")
    key = models.CharField(max_length=64)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("E-mails you answered with"),
        purpose=_("So that a letter that comes twice counts once."),
        seen_by=_("Only you"),
        retention=_("90 days."),
        limit=Limit(timedelta(days=90), "at"),
        export=("at", "outcome"),
        private=True,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="letter_taken_once")]
        indexes = [
            models.Index(fields=["at"], name="letter_received_at"),
            models.Index(fields=["person", "at"], name="letter_received_of"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
