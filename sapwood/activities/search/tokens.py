"""Words as search compares them: without case and accents, plus a light stem in both languages."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
LONGEST = 40
# Endings of folded words, the longest first: (ending, what stands instead, letters that must stay).
ENDINGS = (
    ("amentos", "amento", 3), ("imentos", "imento", 3), ("izations", "ization", 2),
    ("acoes", "acao", 1), ("icoes", "icao", 1), ("oes", "ao", 2), ("aes", "ao", 2),
    ("agens", "agem", 1), ("ns", "m", 3), ("ais", "al", 2), ("eis", "el", 2), ("ois", "ol", 2),
    ("mente", "", 4), ("sses", "ss", 2), ("shes", "sh", 2), ("ches", "ch", 2), ("xes", "x", 2),
    ("ies", "y", 3), ("res", "r", 3), ("ings", "", 4), ("ing", "", 4), ("ss", "ss", 1),
    ("us", "us", 2), ("s", "", 3),
)  # fmt: skip


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Lower case without accents: "Ação" → "acao"."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))[:LONGEST]


@lru_cache(maxsize=8192)
def stem(token: str) -> str:
    """A folded token without its commonest English or Portuguese ending: "leaks" → "leak"."""
    for ending, instead, stays in ENDINGS:
        if token.endswith(ending) and len(token) - len(ending) >= stays:
            base = token[: len(token) - len(ending)] + instead
            doubled = ending in ("ing", "ings") and len(base) > 3 and base[-1] == base[-2]
            return base[:-1] if doubled and base[-1] not in "lsz" else base
    return token


def tokens(text: str) -> list[str]:
    """The folded words of `text`, in order."""
    return [fold(word) for word in WORD.findall(unicodedata.normalize("NFC", text))]


def column(text: str) -> str:
    """What a search column holds: " words in order | stems that differ "."""
    words = tokens(text)
    stems = dict.fromkeys(stem(word) for word in words)
    extra = [token for token in stems if token not in set(words)]
    return f" {' '.join(words)} | {' '.join(extra)} "
