"""Words a person corrected the guess for: after two corrections the guess follows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import Policy
from sapwood.people.models import Person


class WordHint(models.Model):
    """How often this person chose this way for a sentence that held this (folded) word."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)
    way = models.CharField(max_length=32)
    count = models.PositiveSmallIntegerField(default=1)

    privacy = Policy(
        title=_("Words that teach the guess"),
        purpose=_("So that the way we propose follows your own words."),
        seen_by=_("Only you"),
        retention=_("Until you delete the moments that hold the word."),
        export=("word", "way", "count"),
        private=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "word", "way"], name="word_hint_once")
        ]

    def __str__(self) -> str:
        return self.way
