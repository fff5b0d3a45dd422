"""Moderation: reports, the case they make, the decision with its reason, one appeal."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.conversations.models.audience import Membership
from sapwood.conversations.models.message import Message
from sapwood.core.ids import uuid7
from sapwood.core.policies import YEAR, Limit, Policy
from sapwood.people.models import Person, Role


def looked_after_by(person: Person) -> models.Q:
    """Cases this person may decide: of groups they look after, unless they wrote the words. Where
    nobody else looks after the group, or an appeal needs other eyes, L&D does."""
    keepers = Membership.objects.filter(
        audience=models.OuterRef("message__thread__audience"), person__is_active=True
    ).looking_after()
    mine = models.Exists(keepers.filter(person=person.pk))
    others = keepers.exclude(person=models.OuterRef("message__author"))
    free = others.exclude(person=models.OuterRef("decided_by"))
    rule = models.Q(mine)
    if person.has_role(Role.STEWARD):
        is_appeal = models.Q(state=Case.State.APPEALED)
        rule |= ~models.Q(models.Exists(others)) | is_appeal & ~models.Q(models.Exists(free))
    by_another = models.Q(decided_by=None) | ~models.Q(decided_by=person.pk)
    fair = ~models.Q(state=Case.State.APPEALED) | by_another
    is_author = models.Q(message__author=person.pk, message__author__isnull=False)
    return rule & fair & ~is_author


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about cases."""

    def visible_to(self, person: Person) -> Self:
        """For those who may decide them. A closed group's words are read here by nobody else."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        return self.filter(looked_after_by(person))

    def waiting(self) -> Self:
        """Not decided yet, or asked about again."""
        return self.filter(state__in=(Case.State.OPEN, Case.State.APPEALED))

    def told_to(self, author: Person) -> Self:
        """Decided cases about one's own words, as their author may see them."""
        return self.filter(message__author=author.pk).exclude(state=Case.State.OPEN)


class Case(models.Model):
    """One look at one message. `reason` is the sentence for its author, `appeal` their answer."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Waiting")
        LEFT = "left", _("Left as it is")
        HIDDEN = "hidden", _("Hidden")
        APPEALED = "appealed", _("Asked to look again")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(
        Message, models.CASCADE, related_name="cases", verbose_name=_("the message")
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(_("when it was opened"), default=timezone.now)
    by_words = models.BooleanField(_("whether a listed word was in it"), default=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("who decided")
    )
    decided_at = models.DateTimeField(_("when it was decided"), null=True)
    appeal = models.CharField(_("your view"), max_length=1000, blank=True)
    is_final = models.BooleanField(_("whether it was looked at twice"), default=False)

    objects = CaseQuerySet.as_manager()

    privacy = Policy(
        title=_("Decisions about words that were reported"),
        purpose=_("So that a decision has a reason and can be asked about."),
        seen_by=_("Who wrote the words reads the reason; those who look after the group"),
        retention=_("12 months after the decision."),
        person="decided_by",
        erase="anonymise",
        export=("opened_at", "state", "reason", "decided_at"),
        limit=Limit(YEAR, "decided_at", (("state__in", ("left", "hidden")),)),
    )

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["message"],
                condition=models.Q(state__in=["open", "appealed"]),
                name="one_open_case_a_message",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "left", "hidden", "appealed"]),
                name="case_state_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def can_be_appealed(self) -> bool:
        """True while its author may ask for another look: once."""
        return self.state == self.State.HIDDEN and not self.is_final


class Report(models.Model):
    """What somebody reported, and why. Nobody is ever shown who it was."""

    class Reason(models.TextChoices):
        """What is wrong."""

        UNKIND = "unkind", _("It hurts or threatens someone")
        PRIVATE = "private", _("It tells something private about someone")
        DANGER = "danger", _("Following it could be dangerous")
        SPAM = "spam", _("It has nothing to do with this place")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(
        Case, models.CASCADE, related_name="reports", verbose_name=_("what was decided")
    )
    reporter = models.ForeignKey(
        Person, models.CASCADE, related_name="+", verbose_name=_("who reported it")
    )
    why = models.CharField(_("what is wrong"), max_length=7, choices=Reason.choices)
    words = models.CharField(_("what should we know?"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("What you reported"),
        purpose=_("So that somebody looks at it."),
        seen_by=_("Those who look after the group read the words, never your name"),
        retention=_("As long as the decision: 12 months."),
        person="reporter",
        private=True,
        export=("why", "words", "at"),
        swept_by="sapwood.core.tasks.forget",
    )

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="reported_once")]

    def __str__(self) -> str:
        return str(self.pk)


class HiddenWord(models.Model):
    """A word or phrase that waits for a look before others see the message. Kept folded."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    words = models.CharField(_("word or phrase"), max_length=80)
    folded = models.CharField(max_length=80, unique=True, editable=False)

    class Meta:
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.words
