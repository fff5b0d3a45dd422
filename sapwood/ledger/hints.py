"""The words that hint at a way of learning, read from data/guess.yaml, and how they match."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sapwood.ledger.ways import read_data

WORD = re.compile(r"[^\W_]+")
GAP = 3  # words that ".." may skip


class Phrase(NamedTuple):
    """A hint: what must stand in the sentence, for which way, in which language, how strongly."""

    parts: tuple[frozenset[str], ...]
    way: str
    language: str
    weight: float

    def end(self, words: list[str], i: int) -> int:
        """Where the phrase ends if it stands at word `i`, which fits its first part; else 0."""
        return _end(self.parts, 1, words, i + 1)


class Table(NamedTuple):
    """The rules, ready to be looked up by the first letters of a word."""

    phrases: dict[str, list[Phrase]]
    hosts: dict[str, str]
    any_host: str
    near: dict[str, tuple[str, ...]]
    default: str
    common: frozenset[str]

    def beginning(self, word: str) -> Iterator[Phrase]:
        """The phrases whose first word this can be."""
        yield from self.phrases.get(word, ())
        for length in range(1, len(word) + 1):
            yield from self.phrases.get(word[:length] + "*", ())

    def way_of_host(self, address: str) -> str | None:
        """The way that a known address stands for, with or without its path."""
        bare = re.sub(r"^(?:www|m)\.", "", address.lower())
        host = re.split(r"[/?#:,;]", bare, maxsplit=1)[0]
        for known in sorted(self.hosts, key=len, reverse=True):
            place = bare if "/" in known else host
            if place == known or place.startswith(known + "/") or place.endswith("." + known):
                return self.hosts[known]
        return None


def fold(text: str) -> str:
    """Words without accents, capitals or punctuation, single spaces between them."""
    return " ".join(word for word, _start, _end in words_of(text))


def words_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word folded, and where it stands in the text."""
    for found in WORD.finditer(text):
        yield _fold_word(found[0]), found.start(), found.end()


def _fold_word(word: str) -> str:
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


@cache
def table() -> Table:
    """The rules of data/guess.yaml, read once."""
    data = read_data("guess")
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    for way, row in data["ways"].items():
        for language in ("en", "pt"):
            for line in row[language]:
                phrase = _phrase(str(line), way, language)
                for first in phrase.parts[0]:
                    phrases[first].append(phrase)
    return Table(
        phrases=dict(phrases),
        hosts={host: way for way, hosts in data["hosts"].items() for host in hosts},
        any_host=data["any_host"],
        near={way: tuple(row["near"]) for way, row in data["ways"].items()},
        default=data["default"],
        common=frozenset(data["common"]),
    )


def _phrase(line: str, way: str, language: str) -> Phrase:
    words, _, weight = line.partition(" = ")
    parts = tuple(frozenset(_fold_part(part)) for part in words.split())
    return Phrase(parts, way, language, float(weight or (2 if len(parts) == 1 else 3)))


def _fold_part(part: str) -> Iterator[str]:
    for word in part.split("|"):
        yield word if word in {"_", ".."} else _fold_word(word)


def _end(parts: tuple[frozenset[str], ...], at: int, words: list[str], i: int) -> int:
    if at == len(parts):
        return i
    if ".." in parts[at]:
        tries = (_end(parts, at + 1, words, j) for j in range(i, min(i + GAP, len(words)) + 1))
        return next(filter(None, tries), 0)
    if i < len(words) and _fits(words[i], parts[at]):
        return _end(parts, at + 1, words, i + 1)
    return 0


def _fits(word: str, part: frozenset[str]) -> bool:
    return (
        word in part or "_" in part or any(word.startswith(p[:-1]) for p in part if p.endswith("*"))
    )
