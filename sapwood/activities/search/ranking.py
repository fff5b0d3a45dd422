"""The order of what was found: the title itself, its beginning, in the title, elsewhere."""

from django.db.models import Case, IntegerField, Q, Value, When

from sapwood.activities.models import ActivityQuerySet
from sapwood.activities.search.backends import backend
from sapwood.activities.search.tokens import stem


def _in_title(word: str, *, beginning: bool = False) -> Q:
    after = "" if beginning else " "
    rule = Q(search_title__contains=f" {word}{after}")
    if stem(word) != word:
        rule |= Q(search_title__contains=f" {stem(word)} ")
    return rule


def _starts(*texts: str) -> Q:
    rule = Q()
    for text in texts:
        rule |= Q(search_title__startswith=f" {text}")
    return rule


def ranked(found: ActivityQuerySet, words: list[str]) -> ActivityQuerySet:
    """`rank` 0 title is exactly this, 1 begins so, 2 all words in the title, 3 the last one begun,
    4 all words somewhere, 5 the last one begun somewhere; then the newest first."""
    typed, stems = " ".join(words), " ".join(stem(word) for word in words)
    whole, begun = Q(), Q()
    for position, word in enumerate(words):
        whole &= _in_title(word)
        begun &= _in_title(word, beginning=position == len(words) - 1)
    anywhere = backend().matching([[word, stem(word)] for word in words])
    rank = Case(
        When(_starts(f"{typed} |", f"{stems} |"), then=Value(0)),
        When(_starts(typed, stems), then=Value(1)),
        When(whole, then=Value(2)),
        When(begun, then=Value(3)),
        When(pk__in=anywhere, then=Value(4)),
        default=Value(5),
        output_field=IntegerField(),
    )
    return found.annotate(rank=rank).order_by("rank", "-published_at", "-pk")
