"""Letters: a text and an HTML part that say the same, in the reader's language."""

import pytest
from django.utils import translation

from sapwood.people.doors.letters import letter
from sapwood.people.doors.words import LETTERS

FIELDS = {
    "by": "Nadia & <Co>", "organisation": "Ardal Water", "until": "7 December",
    "email": "c@ardal.example",
    "to_email": "b@ardal.example", "deleted_email": "a@ardal.example",
    "link": "https://learn.ardal.example/join/abc/", "code": "BCDF-GHJK",
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize("name", LETTERS)
def test_both_parts_say_what_it_is_about(db, name, language):
    with translation.override(language):
        sent = letter(LETTERS[name], to=["a@ardal.example"], context=FIELDS)
    html, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert f'<html lang="{language}"' in html
    assert sent.subject.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in html
    assert sent.subject in sent.body
    assert "BCDF-GHJK" in html
    assert "BCDF-GHJK" in sent.body
    assert (FIELDS["link"] in html) is bool(LETTERS[name].button)
    assert "Macro" not in html
    assert "{" not in sent.body


def test_codes_of_a_letter_stay_out_of_links(db):
    assert "BCDF" not in letter(LETTERS["test"], to=["a@ardal.example"]).body
