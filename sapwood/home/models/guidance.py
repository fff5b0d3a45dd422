"""Guidance: the level somebody chose, and their answers to what was offered."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import YEAR, Limit, Policy
from sapwood.people.models import Person

ASK_AFTER = timedelta(weeks=8)


class Level(models.TextChoices):
    """How much suggestion a person asks for."""

    WALK = "walk", _("Walk with me")
    NUDGE = "nudge", _("Nudge me")
    MIRROR = "mirror", _("Leave me the mirror")


class Company(models.Model):
    """The level a person chose; no row means they have not chosen, which walks with them."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="company")
    level = models.CharField(max_length=6, choices=Level.choices, default=Level.WALK)
    chosen_at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("How much guidance you want"),
        purpose=_("So that suggestions come as often as you like, or never."),
        seen_by=_("Only you"),
        retention=_("Until you change it."),
        export=("level", "chosen_at"),
        private=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="level_known")
        ]

    def __str__(self) -> str:
        return self.level

    @classmethod
    def choose(cls, person: Person, level: str) -> None:
        """Keeps the level; only the person calls this."""
        cls.objects.update_or_create(
            person=person, defaults={"level": Level(level), "chosen_at": timezone.now()}
        )


class Verdict(models.TextChoices):
    """What a person said to an offer."""

    ACCEPTED = "accepted", _("I'll try this")
    LATER = "later", _("Later")
    NO = "no", _("Not for me")


class OfferAnswerQuerySet(models.QuerySet["OfferAnswer"]):
    """Questions about answers."""

    def of(self, person: Person) -> Self:
        """One's own."""
        return self.filter(person=person)


class OfferAnswer(models.Model):
    """An answer to one offer; offers themselves are computed and leave nothing behind."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="offer_answers")
    rule = models.CharField(max_length=8)
    way = models.CharField(max_length=32, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    answered_at = models.DateTimeField(default=timezone.now)
    followed_on = models.DateField(null=True, blank=True)

    objects = OfferAnswerQuerySet.as_manager()

    privacy = Policy(
        title=_("Your answers to suggestions"),
        purpose=_("So that you are not asked the same thing again."),
        seen_by=_("Only you"),
        retention=_("12 months."),
        limit=Limit(YEAR, "answered_at"),
        export=("rule", "way", "verdict", "answered_at", "followed_on"),
        private=True,
    )

    class Meta:
        ordering = ["-answered_at"]
        indexes = [models.Index(fields=["person", "-answered_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict__in=Verdict.values), name="verdict_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.verdict}"
