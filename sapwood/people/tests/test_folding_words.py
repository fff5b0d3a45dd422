"""Words are compared without accents, and marked in their own spelling."""

from hypothesis import given
from hypothesis import strategies as st

from sapwood.people.folding import fold, marked


def test_accents_case_and_spaces_do_not_matter():
    assert fold("  São  JOÃO ") == "sao joao"


def test_the_mark_stands_on_the_persons_own_spelling():
    assert marked("João Sá", ["joao"]) == [("João", True), (" Sá", False)]
    assert marked("Straße", ["strasse"]) == [("Straße", True)]


@given(st.text(), st.lists(st.text(min_size=1)))
def test_marking_never_changes_the_words(text, terms):
    assert "".join(piece for piece, _ in marked(text, [fold(t) for t in terms])) == text
