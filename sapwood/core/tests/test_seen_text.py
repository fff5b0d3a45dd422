"""Names and words as a reader sees them: nothing invisible, nothing that turns what follows."""

import pytest
from django import forms

from sapwood.core.seen import LineField, WordsField, is_blank, tidy

NOTHING = [
    "",
    "  ",
    "\u200b",
    "\u200b \u2060\ufeff",
    "\u202e",
    "\u3164",
    "\u2800",
    "\u0301",
    "\ufe0f",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_shows_nothing_is_blank(text):
    assert is_blank(text)
    with pytest.raises(forms.ValidationError):
        LineField().clean(text)
    with pytest.raises(forms.ValidationError):
        WordsField().clean(text)
    assert WordsField(required=False).clean(text) == ""


@pytest.mark.parametrize("text", ["a", "7", "?", "🙂", "سلام", "\u200bé", "日本"])
def test_what_shows_something_is_not(text):
    assert not is_blank(text)


def test_a_line_keeps_its_letters_alone():
    assert tidy("  Ana\u200b  S\u00e1\u202e\n(x) ") == "Ana Sá (x)"
    assert tidy("Jose\u0301") == "José"
    assert LineField(max_length=3).clean("A\u200bb\u200bc") == "Abc"


def test_words_stay_as_they_were_written():
    assert WordsField().clean("One\n\n👩\u200d🚒 two") == "One\n\n👩\u200d🚒 two"
