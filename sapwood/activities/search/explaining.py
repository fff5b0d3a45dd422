"""Why something was found: the words that matched, in their own spelling, where they stand."""

from typing import TYPE_CHECKING
from unicodedata import normalize

from sapwood.activities.search.indexing import said_in
from sapwood.activities.search.tokens import WORD, fold, stem

if TYPE_CHECKING:
    from sapwood.activities.models import Activity

AROUND = 90  # letters before and after the first match
Pieces = list[tuple[str, bool]]


def marked(text: str, tokens: tuple[str, ...]) -> Pieces:
    """`text` in pieces, each with whether it matched."""
    pieces: Pieces = []
    place = 0
    for word in WORD.finditer(text):
        if _matches(word[0], tokens):
            if word.start() > place:
                pieces.append((text[place : word.start()], False))
            pieces.append((word[0], True))
            place = word.end()
    if place < len(text):
        pieces.append((text[place:], False))
    return pieces


def snippet(text: str, tokens: tuple[str, ...]) -> Pieces:
    """The stretch of `text` around its first match, or nothing."""
    for word in WORD.finditer(text):
        if _matches(word[0], tokens):
            start = text.rfind(" ", 0, max(0, word.start() - AROUND)) + 1
            end = text.find(" ", word.end() + AROUND)
            part = text[start : end if end > 0 else len(text)]
            before, after = "…" if start else "", "…" if 0 < end < len(text) else ""
            return marked(f"{before}{part}{after}", tokens)
    return []


def as_spelt(tokens: list[str], activity: "Activity") -> str:
    """Folded tokens in small letters as the activity spells them: "manutencao" → "manutenção"."""
    spelt: dict[str, str] = {}
    for word in WORD.findall(normalize("NFC", said_in(activity))):
        folded = fold(word)
        for token in (folded, stem(folded)):
            spelt.setdefault(token, word.lower())
    return " ".join(spelt.get(token, token) for token in tokens)


def _matches(word: str, tokens: tuple[str, ...]) -> bool:
    folded = fold(word)
    return any(
        folded.startswith(token[:-1]) if token.endswith("*") else token in (folded, stem(folded))
        for token in tokens
    )
