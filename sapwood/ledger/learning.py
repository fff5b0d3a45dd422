"""What a person's own corrections teach the guess: two for a word, and it follows them.

Words are kept on the person's side only, and go when a moment that held them is deleted.
"""

from uuid import UUID

from django.db import models
from django.utils.translation import get_language

from sapwood.ledger.guess import Guess, fold, guess, teachable
from sapwood.ledger.models import WordHint
from sapwood.people.models import Person

ENOUGH = 2  # corrections before a word counts
MOST = 30  # words of one sentence that are looked at
LONGEST = 40  # letters of a word


def guess_for(person: Person, text: str) -> Guess:
    """The likeliest way of `text`, in the active language, by this person's own words first."""
    hints = WordHint.objects.filter(person=person, word__in=_words(text), count__gte=ENOUGH)
    learned = dict(hints.order_by("count").values_list("word", "way"))
    return guess(text, get_language(), learned)


def correct(person: Person, text: str, *, way: str, instead_of: str) -> None:
    """Notes that `text` was `way` and not `instead_of`; what taught the wrong way is forgotten."""
    words = _words(text)
    hints = WordHint.objects.filter(person=person, word__in=words)
    hints.filter(way=instead_of).delete()
    known = hints.filter(way=way)
    again = set(known.values_list("word", flat=True))
    known.update(count=models.F("count") + 1)
    WordHint.objects.bulk_create(
        [WordHint(person=person, word=word, way=way) for word in words if word not in again],
        ignore_conflicts=True,
    )


def forget_words(person_id: UUID, text: str) -> None:
    """Drops what was learned from the words of a text that its owner took away."""
    WordHint.objects.filter(person_id=person_id, word__in=set(fold(text).split())).delete()


def _words(text: str) -> list[str]:
    return [word for word in teachable(text) if len(word) <= LONGEST][:MOST]
