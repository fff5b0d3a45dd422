"""From what somebody typed to what they may see: near words only when nothing else matches."""

from collections.abc import Iterable
from dataclasses import dataclass

from sapwood.activities.models import Activity, ActivityQuerySet
from sapwood.activities.search.backends import Groups, backend
from sapwood.activities.search.explaining import as_spelt
from sapwood.activities.search.near import SHORT, near_words
from sapwood.activities.search.ranking import ranked
from sapwood.activities.search.tokens import stem, tokens

MOST_WORDS = 12
LOOKED_AT = 30


@dataclass(frozen=True)
class Found:
    """What was found (`matched` without an order), the tokens that matched, and the words that
    were read instead of the ones typed."""

    activities: ActivityQuerySet
    matched: ActivityQuerySet
    tokens: tuple[str, ...] = ()
    instead: str = ""


def _whole(word: str) -> list[str]:
    return list(dict.fromkeys([word, stem(word)]))


def groups_for(words: list[str]) -> Groups:
    """All words whole or by their stem; the last also by its beginning."""
    groups = [_whole(word) for word in words]
    return [*groups[:-1], [*groups[-1], f"{words[-1]}*"]]


def find(text: str, among: ActivityQuerySet) -> Found:
    """What matches `text` among activities already limited to what the person may see."""
    words = tokens(text)[:MOST_WORDS]
    if not words:
        return Found(among, among)
    groups = groups_for(words)
    found = among.filter(pk__in=backend().matching(groups))
    if found.exists():
        return Found(ranked(found, words), found, tuple(token for g in groups for token in g))
    return _near(words, groups, among)


def _near(words: list[str], exact: Groups, among: ActivityQuerySet) -> Found:
    """What comes near: with all words, else without the short ones."""
    groups = [
        [*said, *(token for token in near if token not in said)]
        for said, near in zip(exact, near_words(words), strict=True)
    ]
    longer = [group for word, group in zip(words, groups, strict=True) if len(word) >= SHORT]
    for tried in (groups, longer):
        if tried and (found := _matching(tried, words, among)):
            return found
    return Found(among.none(), among.none())


def _matching(groups: Groups, words: list[str], among: ActivityQuerySet) -> Found | None:
    """What matches, with the words of the nearest of it, as they are spelt there."""
    found = among.filter(pk__in=backend().matching(groups))
    best, read = nearest(
        found.select_related("owner").order_by("-published_at")[:LOOKED_AT], groups
    )
    if best is None:
        return None
    used = tuple(token for group in groups for token in group)
    instead = "" if read == words else as_spelt(read, best)
    return Found(ranked(found, read), found, used, instead)


def nearest(rows: Iterable[Activity], groups: Groups) -> tuple[Activity | None, list[str]]:
    """The row that holds the earliest tokens of each group, and these; (None, []) of no rows."""
    best: tuple[int, Activity | None, list[str]] = (0, None, [])
    for row in rows:
        there = set(f"{row.search_title} {row.search_text}".split())
        places = [_first_in(there, group) for group in groups]
        away = sum(place for place, _token in places)
        if best[1] is None or away < best[0]:
            best = (away, row, [token for _place, token in places])
    return best[1:]


def _first_in(there: set[str], group: list[str]) -> tuple[int, str]:
    for place, token in enumerate(group):
        if token in there:
            return place, token
        if token.endswith("*") and (begun := [w for w in there if w.startswith(token[:-1])]):
            return place, min(begun)
    return len(group), group[0]


def related_to(activity: Activity, among: ActivityQuerySet, most: int = 3) -> list[Activity]:
    """Others that share a longer word of its title, newest first."""
    words = [word for word in tokens(activity.title) if len(word) > 4][:MOST_WORDS]
    group = [token for word in words for token in _whole(word)]
    if not group:
        return []
    near = among.filter(pk__in=backend().matching([group])).exclude(pk=activity.pk)
    return list(near.order_by("-published_at")[:most])
