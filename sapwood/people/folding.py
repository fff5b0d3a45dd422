"""Text as it is compared: without accents, case or odd spacing."""

import re
import unicodedata

SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """ "São  João" → "sao joao": NFKD without marks, case folded, single spaces."""
    if text.isascii():
        return SPACES.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return SPACES.sub(" ", bare.casefold()).strip()


def marked(text: str, terms: list[str]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether one of the folded `terms` matched it.

    Works letter by letter, so that "Sao" marks "São" in its own spelling.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for plain in fold(letter) or " ":
            letters.append(plain)
            places.append(place)
    folded = "".join(letters)
    hits = [False] * len(text)
    for term in filter(None, terms):
        start = folded.find(term)
        while start >= 0:
            for place in places[start : start + len(term)]:
                hits[place] = True
            start = folded.find(term, start + len(term))
    pieces: list[tuple[str, bool]] = []
    for letter, hit in zip(text, hits, strict=True):
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + letter, hit)
        else:
            pieces.append((letter, hit))
    return pieces
