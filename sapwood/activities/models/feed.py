"""CalendarFeed: the private address under which a person's calendar app finds their sessions."""

import secrets
from typing import Self

from django.db import models
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import LEAVING, Policy
from sapwood.people.models import Person

ID_LENGTH = 16


def new_selector() -> str:
    """Finds the row; says nothing about the person."""
    return secrets.token_hex(ID_LENGTH // 2)


def new_secret() -> str:
    """192 random bits."""
    return secrets.token_hex(24)


class CalendarFeed(models.Model):
    """The row is found by `selector`; `secret` is compared in constant time."""

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    selector = models.CharField(max_length=ID_LENGTH, unique=True, default=new_selector)
    secret = models.CharField(max_length=48, default=new_secret)

    privacy = Policy(
        title=_("The address of your calendar feed"),
        purpose=_("So that your calendar can show what you joined."),
        seen_by=_("You, and whoever you give the address to"),
        retention=_("Until you renew it, or 12 months after you leave; it stops when you leave."),
        swept_by=LEAVING,
        private=True,
        link="calendar",
    )

    def __str__(self) -> str:
        return str(self.person_id)

    @property
    def token(self) -> str:
        """What stands in the address."""
        return self.selector + self.secret

    @classmethod
    def by_token(cls, token: str) -> Self | None:
        """The feed of an active person, or None."""
        selector, secret = token[:ID_LENGTH], token[ID_LENGTH:]
        feed = cls.objects.select_related("person").filter(selector=selector).first()
        known = constant_time_compare(secret, feed.secret if feed else new_secret())
        return feed if feed and known and feed.person.is_active else None

    def renew(self) -> None:
        """Gives the feed a new address; the old one stops at once."""
        self.selector, self.secret = new_selector(), new_secret()
        self.save()
