"""The record of who opened, exported or changed data about someone: append-only, hash-chained."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import YEAR, Limit, Policy
from sapwood.people.models.organisation import Organisation
from sapwood.people.models.person import Person

# Events without a subject that concern everybody who was here then.
ABOUT_EVERYONE = ("people_exported",)


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    """Questions about the record."""

    def visible_to(self, person: Person) -> Self:
        """One's own part: what concerns this person, alone or with everybody else."""
        return self.filter(
            models.Q(subject=person)
            | models.Q(subject=None, action__in=ABOUT_EVERYONE, at__gte=person.created_at)
        )

    def since(self, moment: datetime) -> Self:
        """Events at `moment` or later."""
        return self.filter(at__gte=moment)


class AuditEvent(models.Model):
    """One look or change. `action` is a code; `detail` holds codes and counts, never words."""

    cursor = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    subject = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="looked_at")
    action = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, editable=False)

    objects = AuditQuerySet.as_manager()

    privacy = Policy(
        title=_("Who looked"),
        purpose=_("So that you can check who opened or exported data about you."),
        seen_by=_("You"),
        retention=_("12 months."),
        limit=Limit(YEAR, "at"),
        person="subject",
        export=("at", "action"),
        erase="anonymise",
        private=True,
    )

    class Meta:
        ordering = ["-cursor"]
        indexes = [models.Index(fields=["subject", "-cursor"])]

    def __str__(self) -> str:
        return self.action

    @classmethod
    def write(
        cls, action: str, *, actor: Person | None, subject: Person | None, **detail: Any
    ) -> Self:
        """Appends one event."""
        event = cls(action=action, actor=actor, subject=subject, detail=detail)
        cls.append([event])
        return event

    @classmethod
    def append(cls, events: Iterable[Self]) -> None:
        """Appends events in order; the digest of each covers the one before it (SHA-256)."""
        with transaction.atomic():
            # One chain, one writer: the lock is on a row that every writer shares.
            list(Organisation.objects.select_for_update())
            last = cls.objects.order_by("-cursor").first()
            digest, chained = last.digest if last else "", []
            for event in events:
                event.digest = digest = event.compute_digest(digest)
                chained.append(event)
            cls.objects.bulk_create(chained, batch_size=500)

    @classmethod
    def is_unbroken(cls) -> bool:
        """True if no event was changed, taken out of the middle or put in."""
        digest = None
        for event in cls.objects.order_by("cursor").iterator():
            if digest is not None and event.digest != event.compute_digest(digest):
                return False
            digest = event.digest
        return True

    def compute_digest(self, previous: str) -> str:
        """The digest of this event after `previous`: people are left out, so erasure holds."""
        line = json.dumps(
            [previous, str(self.uid), self.at.isoformat(), self.action, self.detail], sort_keys=True
        )
        return hashlib.sha256(line.encode()).hexdigest()
