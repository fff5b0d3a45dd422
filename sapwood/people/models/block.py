"""Block: somebody keeps a colleague away from themselves; only they know it."""

from typing import Self
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.people.models.person import Person


class BlockQuerySet(models.QuerySet["Block"]):
    """Questions about blocks."""

    def visible_to(self, person: Person) -> Self:
        """One's own: nobody else is told, least of all the one blocked."""
        return self.filter(blocker=person)

    def of_pair(self, one: UUID, other: UUID) -> Self:
        """Whatever stands between the two, in either direction."""
        return self.filter(
            models.Q(blocker=one, blocked=other) | models.Q(blocker=other, blocked=one)
        )


class Block(models.Model):
    """`blocker` and `blocked` neither find each other nor are matched, until `blocker` undoes it.

    What works on both directions asks `people/blocking.py` or `Person.objects.apart_from`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    blocker = models.ForeignKey(Person, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = BlockQuerySet.as_manager()

    privacy = Policy(
        title=_("People you blocked"),
        purpose=_("So that the two of you neither see nor are matched with each other."),
        seen_by=_("Only you"),
        retention=_("Until you unblock them."),
        person="blocker",
        export=("blocked__name", "at"),
        private=True,
        link="blocked_index",
    )

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(
                condition=~models.Q(blocker=models.F("blocked")), name="block_not_oneself"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def forget_mentions(cls, person: Person) -> None:
        """Nobody needs to be kept apart from somebody who is erased."""
        cls.objects.filter(blocked=person).delete()
