"""A private thank-you from one person to another."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.conversations.models.message import Message
from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.people.models import Person


class ThanksQuerySet(models.QuerySet["Thanks"]):
    """Questions about thanks."""

    def visible_to(self, person: Person) -> Self:
        """Between the two."""
        return self.filter(models.Q(giver=person.pk) | models.Q(receiver=person.pk))


class Thanks(models.Model):
    """`message` is what it is about, if anything."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    giver = models.ForeignKey(
        Person, models.CASCADE, related_name="thanks_given", verbose_name=_("who thanked")
    )
    receiver = models.ForeignKey(
        Person, models.CASCADE, related_name="thanks_received", verbose_name=_("who was thanked")
    )
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, related_name="+", verbose_name=_("the message")
    )
    text = models.CharField(_("your words"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = ThanksQuerySet.as_manager()

    privacy = Policy(
        title=_("Thanks you gave"),
        purpose=_("So that you can thank a colleague without an audience."),
        seen_by=_("You and the colleague"),
        retention=_("Until either of you is erased."),
        person="giver",
        export=("at", "text"),
    )

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["giver", "message"], name="thanked_once_a_message"),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")), name="thanks_to_another"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
