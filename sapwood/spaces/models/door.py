"""The doors of a group: asking to be let in, and links that let in."""

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from sapwood.conversations.models.apart import not_apart
from sapwood.core.ids import uuid7
from sapwood.core.policies import YEAR, Limit, Policy
from sapwood.people.models import Person
from sapwood.spaces.models.space import Space

ID_LENGTH = 16
KEPT = timedelta(days=90)
DAY = timedelta(days=1)
MOST_A_DAY = 3


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    """Questions about requests."""

    def waiting(self) -> Self:
        """Not answered yet, by somebody who can still come in; the oldest first."""
        return self.filter(state=JoinRequest.State.ASKED, person__is_active=True)

    def is_enough(self, space: Space, person: Person, now: datetime) -> bool:
        """Whether this person asked so often within a day that the stewards need a rest."""
        asked = self.filter(space=space, person=person, asked_at__gt=now - DAY)
        return asked.count() >= MOST_A_DAY

    def told_to(self, steward: Person) -> Self:
        """Those waiting whom no block keeps apart from this steward; another one answers them."""
        return self.waiting().filter(not_apart(steward, "person"))

    def visible_to(self, person: Person) -> Self:
        """One's own, and those of groups one is a steward of."""
        if not person.is_authenticated:
            return self.none()
        theirs = models.Q(
            space__audience__memberships__person=person.pk,
            space__audience__memberships__role="steward",
        )
        return self.filter(models.Q(person=person.pk) | theirs).distinct()


class JoinRequest(models.Model):
    """Somebody asks to belong. One may wait at a time; the words are for the stewards."""

    class State(models.TextChoices):
        """What became of it."""

        ASKED = "asked", _("Waiting")
        LET_IN = "let_in", _("Let in")
        DECLINED = "declined", _("Not this time")
        TAKEN_BACK = "taken_back", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="requests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="join_requests")
    words = models.CharField(_("why you would like to join"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = JoinRequestQuerySet.as_manager()

    privacy = Policy(
        title=_("Groups you asked to join"),
        purpose=_("So that a steward can let you in."),
        seen_by=_("You and the stewards of the group"),
        retention=_("90 days after it was answered or taken back."),
        limit=Limit(KEPT, "answered_at"),
        link="groups",
        export=("space__name", "words", "state", "asked_at", "answered_at"),
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                condition=models.Q(state="asked"),
                name="one_waiting_request",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "let_in", "declined", "taken_back"]),
                name="join_request_state",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


def new_selector() -> str:
    """Finds the row; says nothing about the group."""
    return secrets.token_hex(ID_LENGTH // 2)


def new_secret() -> str:
    """192 random bits."""
    return secrets.token_hex(24)


class JoinLink(models.Model):
    """Whoever signs in with it belongs. Found by `selector`; `secret` is compared in constant time.

    `uses` counts who came by it, of `most` where there is a limit.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="links")
    selector = models.CharField(max_length=ID_LENGTH, unique=True, default=new_selector)
    secret = models.CharField(max_length=48, default=new_secret)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    most = models.PositiveIntegerField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)

    privacy = Policy(
        title=_("Links you made for groups"),
        purpose=_("So that people you invite can come into a group."),
        seen_by=_("The stewards of the group"),
        retention=_("12 months after they expire."),
        limit=Limit(YEAR, "expires_at"),
        person="made_by",
        link="groups",
        export=("space__name", "made_at", "expires_at", "ended_at"),
        erase="anonymise",
    )

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def token(self) -> str:
        """What stands in the address."""
        return self.selector + self.secret

    @classmethod
    def by_token(cls, token: str) -> Self | None:
        """The link, whether or not it still works; None for a wrong address."""
        selector, secret = token[:ID_LENGTH], token[ID_LENGTH:]
        link = cls.objects.select_related("space__audience").filter(selector=selector).first()
        known = constant_time_compare(secret, link.secret if link else new_secret())
        return link if link and known else None

    def is_open(self, now: datetime) -> bool:
        """True while it lets somebody in."""
        has_room = self.most is None or self.uses < self.most
        return self.ended_at is None and now < self.expires_at and has_room
