"""Guessing the way of learning from one sentence, in English and European Portuguese.

The words are data (data/guess.yaml). A guess always says which words it came from and offers
three others; a person's own words, learned from their corrections, win over the general ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sapwood.ledger.hints import Phrase, Table, fold, table, words_of
from sapwood.ledger.ways import WAYS

__all__ = ["Guess", "fold", "guess", "teachable"]

ADDRESS = re.compile(r"(?:https?://|www\.)(\S+)", re.IGNORECASE)
KNOWN_HOST, ANY_HOST = 6.0, 2.5
OTHER_LANGUAGE = 0.5
REASONS, OTHERS = 3, 3
ENOUGH = 600  # characters; a sentence says how in fewer


class Guess(NamedTuple):
    """A way, the words of the sentence that led to it, and three ways it could also be."""

    way: str
    reason_words: tuple[str, ...]
    others: tuple[str, ...]


class Hit(NamedTuple):
    """A hint found in the sentence, between two positions of its text."""

    weight: float
    start: int
    end: int


def guess(
    text: str, language: str | None = None, learned: Mapping[str, str] | None = None
) -> Guess:
    """The likeliest way. `language` halves the weight of the other language's words.

    `learned` maps a person's own words, as `fold` writes them, to ways.
    """
    rules, text = table(), text[:ENOUGH]
    own = _learned(text, learned or {})
    hits = _hits(text, language, rules)
    ranked = sorted(hits, key=lambda way: (-_score(hits[way]), hits[way][0].start, way))
    if own:
        way, reasons = own
    elif ranked:
        way, reasons = ranked[0], _reasons(text, hits[ranked[0]])
    else:
        way, reasons = rules.default, ()
    likely = [*ranked, *rules.near[way], *rules.near[rules.default], rules.default]
    others = [other for other in dict.fromkeys(likely) if other != way]
    return Guess(way, reasons, tuple(others[:OTHERS]))


def teachable(text: str) -> tuple[str, ...]:
    """The folded words of a sentence that a correction may teach: long enough and not common."""
    common = table().common
    words = fold(ADDRESS.sub(" ", text)).split()
    return tuple(dict.fromkeys(w for w in words if len(w) > 3 and w not in common))


def _hits(text: str, language: str | None, rules: Table) -> dict[str, list[Hit]]:
    """Every way the sentence points to, its strongest hints first and none overlapping."""
    found: dict[str, dict[Phrase | str, Hit]] = defaultdict(dict)
    for address in ADDRESS.finditer(text):
        way = rules.way_of_host(address[1])
        start = address.start(1)
        hit = Hit(KNOWN_HOST if way else ANY_HOST, start, start + len(_host(address[1])))
        found[way or rules.any_host].setdefault("address", hit)
    words = list(words_of(ADDRESS.sub(lambda m: " " * len(m[0]), text)))
    folded = [word for word, _start, _end in words]
    for i, word in enumerate(folded):
        for phrase in rules.beginning(word):
            stop = phrase.end(folded, i)
            if stop and phrase not in found[phrase.way]:
                foreign = language and not language.startswith(phrase.language)
                weight = phrase.weight * (OTHER_LANGUAGE if foreign else 1)
                found[phrase.way][phrase] = Hit(weight, words[i][1], words[stop - 1][2])
    return {way: _apart(hits.values()) for way, hits in found.items() if hits}


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-h.weight, h.start, -h.end)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return kept


def _score(hits: list[Hit]) -> float:
    return sum(hit.weight for hit in hits)


def _reasons(text: str, hits: list[Hit]) -> tuple[str, ...]:
    """The strongest words, as they were written and in their order."""
    strongest = sorted(hits[:REASONS], key=lambda hit: hit.start)
    return tuple(text[hit.start : hit.end] for hit in strongest)


def _host(address: str) -> str:
    return re.split(r"[/?#:,;]", address, maxsplit=1)[0]


def _learned(text: str, learned: Mapping[str, str]) -> tuple[str, tuple[str, ...]] | None:
    """The way that most of a person's own words in the sentence stand for."""
    words = list(words_of(text))
    folded = [word for word, _start, _end in words]
    found: dict[str, list[Hit]] = defaultdict(list)
    for key, way in learned.items():
        wanted = key.split()
        for i in range(len(folded) - len(wanted) + 1):
            if way in WAYS and wanted and folded[i : i + len(wanted)] == wanted:
                end = words[i + len(wanted) - 1][2]
                found[way].append(Hit(len(key), words[i][1], end))
                break
    if not found:
        return None
    hits = {way: _apart(some) for way, some in found.items()}
    way = min(hits, key=lambda way: (-_score(hits[way]), way))
    return way, _reasons(text, hits[way])
