"""What people typed, made safe to show: no controls, no letters that turn others round."""

import re
import unicodedata

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb]")
# Overrides and embeddings turn the words that follow; the plain marks (LRM, RLM) only help.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
GAPS = re.compile(r"\n{4,}")
MOST_MARKS = 6  # on one letter: more than any living script needs


def clean(text: str) -> str:
    """The words in composed form with plain line ends; lines and spaces inside stay as typed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = TURNS.sub("", CONTROLS.sub("", text))
    return GAPS.sub("\n\n\n", _without_towers(text)).strip()


def _without_towers(text: str) -> str:
    """Letters keep at most `MOST_MARKS` marks above and below, so that lines stay apart."""
    if text.isascii():
        return text
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
