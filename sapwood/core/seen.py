"""Text as a reader sees it: without letters that nobody sees, and empty when nothing shows."""

import unicodedata
from typing import Any

from django import forms

SPACE = "\t\r\n\x0b\x0c"
# Controls, invisible letters and marks that turn others, halves of letters, letters that don't
# exist; and letters that are drawn as nothing.
UNSEEN = {"Cc", "Cf", "Cs", "Cn"}
DRAWN_AS_NOTHING = set("\u034f\u115f\u1160\u2800\u3164\uffa0")


def tidy(text: str) -> str:
    """One line without invisible letters and odd spaces, in composed form."""
    if not (text.isascii() and text.isprintable()):
        composed = unicodedata.normalize("NFC", text)
        text = "".join(
            " " if letter in SPACE else letter
            for letter in composed
            if letter in SPACE or _shows(letter)
        )
    return " ".join(text.split())


def is_blank(text: str) -> bool:
    """True if a reader sees nothing: only spaces, invisible letters, marks without a letter."""
    return not any(unicodedata.category(each)[0] in "LNPS" and _shows(each) for each in text)


def _shows(letter: str) -> bool:
    return unicodedata.category(letter) not in UNSEEN and letter not in DRAWN_AS_NOTHING


class LineField(forms.CharField):
    """A name or another short line, tidied; what shows nothing is empty."""

    def to_python(self, value: Any) -> Any:
        """Tidied before it is asked whether it is empty or too long."""
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        tidied = tidy(text)
        return self.empty_value if is_blank(tidied) else tidied


class WordsField(forms.CharField):
    """Longer words, kept as they were written; what shows nothing is empty."""

    def to_python(self, value: Any) -> Any:
        """Empty before it is asked whether it is."""
        text = super().to_python(value)
        return self.empty_value if isinstance(text, str) and is_blank(text) else text
