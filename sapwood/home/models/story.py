"""Sentences of the year story that their owner changed or took out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import Policy
from sapwood.people.models import Person

LONGEST = 600


class StoryLine(models.Model):
    """One sentence of one year by its key; an empty text means it was taken out."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="story_lines")
    year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64)
    text = models.TextField(max_length=LONGEST, blank=True)

    privacy = Policy(
        title=_("Your edits to the year story"),
        purpose=_("So that the story of your year is told in your words."),
        seen_by=_("Only you"),
        retention=_("Until you undo them."),
        export=("year", "key", "text"),
        private=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "year", "key"], name="story_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.key}"
