"""Invitations by link: for one address or for whoever holds the link, until a day."""

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import YEAR, Limit, Policy
from sapwood.people.models.person import Person
from sapwood.people.models.role import Role
from sapwood.people.models.unit import Unit

LASTS = timedelta(days=14)


def new_token() -> str:
    """256 bits that cannot be guessed."""
    return secrets.token_urlsafe(32)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def open(self, now: datetime) -> Self:
        """Not expired, not withdrawn, with uses left."""
        return self.filter(expires_at__gt=now, withdrawn_at=None, uses_left__gt=0)


class Invitation(models.Model):
    """A link that lets someone in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    email = models.EmailField(_("work e-mail"), blank=True)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True)
    role = models.CharField(max_length=16, choices=Role.choices, blank=True)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    uses_left = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    privacy = Policy(
        title=_("Invitations you sent"),
        purpose=_("So that new people can come in."),
        seen_by=_("Administrators"),
        retention=_("12 months after they expire."),
        limit=Limit(YEAR, "expires_at"),
        person="invited_by",
        export=("email", "created_at"),
        erase="anonymise",
        circle="desk",
    )

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.id)

    def is_open(self, now: datetime) -> bool:
        """True while the link lets someone in."""
        return self.expires_at > now and not self.withdrawn_at and self.uses_left > 0

    @property
    def role_to_give(self) -> str:
        """The role that comes with it, as long as whoever sent it may still give roles."""
        may_give = self.invited_by is not None and self.invited_by.is_administrator
        return self.role if may_give else ""

    @classmethod
    def forget_mentions(cls, person: Person) -> None:
        """Takes out invitations sent to the person's address."""
        cls.objects.filter(email__iexact=person.email).delete()
