"""Reactions that mean something, and mentions by name."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.conversations.models.message import Message, without_name
from sapwood.core.policies import Policy
from sapwood.people.models import Person


class Sense(models.TextChoices):
    """What a reaction says."""

    USEFUL = "useful", _("Useful")
    LEARNED = "learned", _("Learned something")
    BEEN_THERE = "been", _("Been there")
    QUESTION = "question", _("I have a question")
    OUTDATED = "outdated", _("Out of date")


class Reaction(models.Model):
    """One person, one message, one sense; pressing again takes it back."""

    message = models.ForeignKey(
        Message, models.CASCADE, related_name="reactions", verbose_name=_("the message")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    sense = models.CharField(_("what it was to you"), max_length=8, choices=Sense.choices)
    at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("Your reactions"),
        purpose=_("So that the one who wrote knows what it was to you."),
        seen_by=_("Whoever may read the thread sees the count; who wrote it also sees names"),
        retention=_("Until you take them back."),
        export=("message", "sense", "at"),
        circle="everyone",
        link="groups",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "person", "sense"], name="reacted_once"),
            models.CheckConstraint(
                condition=models.Q(sense__in=Sense.values), name="reaction_sense_known"
            ),
        ]
        indexes = [models.Index(fields=["person"])]

    def __str__(self) -> str:
        return self.sense


class Mention(models.Model):
    """Somebody named in a message; `words` is the name as it stands after the @."""

    message = models.ForeignKey(
        Message, models.CASCADE, related_name="mentions", verbose_name=_("the message")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    words = models.CharField(_("the name as it was written"), max_length=120)

    privacy = Policy(
        title=_("Where you are named"),
        purpose=_("So that you hear of it and your name leads to your page."),
        seen_by=_("Whoever may read the thread"),
        retention=_("As long as the message."),
        export=("message",),
        circle="everyone",
        link="groups",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="mentioned_once")]
        indexes = [models.Index(fields=["person"])]

    def __str__(self) -> str:
        return str(self.pk)

    def erase(self) -> None:
        """Whoever was named was erased: their name goes from the words that others wrote."""
        message = self.message
        message.text = without_name(message.text, self.words, [*message.named])
        message.named.pop(self.words, None)
        message.save(update_fields=["text", "named"])
        self.delete()
