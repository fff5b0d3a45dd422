"""Hidden words: a message that holds one waits until somebody has looked at it."""

import re
import unicodedata

from sapwood.conversations.models import HiddenWord
from sapwood.people.folding import fold


def holds_hidden_word(text: str) -> bool:
    """True if a word or phrase of the list stands in the text as whole words; one query."""
    listed = list(HiddenWord.objects.values_list("folded", flat=True))
    if not listed:
        return False
    any_of = "|".join(re.escape(each) for each in listed)
    return re.search(rf"(?<!\w)(?:{any_of})(?!\w)", fold(_seen(text))) is not None


def _seen(text: str) -> str:
    """Without letters that nobody sees, which would only stand between the others."""
    kept = (letter for letter in text if unicodedata.category(letter) not in {"Cf", "Mn"})
    return "".join(kept)


def add_words(text: str) -> int:
    """Adds the words of a text, one a line; says how many are new."""
    new = 0
    for line in text.splitlines():
        words = " ".join(line.split())[:80]
        folded = fold(words)[:80].strip()
        if folded:
            new += HiddenWord.objects.get_or_create(folded=folded, defaults={"words": words})[1]
    return new
