"""From what somebody typed to what they may see: near words only when nothing else matches."""

from dataclasses import dataclass

from sapwood.activities.models import Activity, ActivityQuerySet
from sapwood.activities.search.backends import Groups, backend
from sapwood.activities.search.near import near_words
from sapwood.activities.search.ranking import ranked
from sapwood.activities.search.tokens import stem, tokens

MOST_WORDS = 12


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
    return _near(words, among)


def _near(words: list[str], among: ActivityQuerySet) -> Found:
    groups, read = [], []
    for word in words:
        near = near_words(word)
        if not near:
            return Found(among.none(), among.none())
        groups.append(near)
        read.append(near[0])
    found = among.filter(pk__in=backend().matching(groups))
    used = tuple(token for group in groups for token in group)
    return Found(ranked(found, read), found, used, " ".join(read))


def related_to(activity: Activity, among: ActivityQuerySet, most: int = 3) -> list[Activity]:
    """Others that share a longer word of its title, newest first."""
    words = [word for word in tokens(activity.title) if len(word) > 4][:MOST_WORDS]
    group = [token for word in words for token in _whole(word)]
    if not group:
        return []
    near = among.filter(pk__in=backend().matching([group])).exclude(pk=activity.pk)
    return list(near.order_by("-published_at")[:most])
