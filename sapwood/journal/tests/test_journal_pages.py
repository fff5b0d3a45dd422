"""The journal's pages: questions, lists, search, queries, languages."""

import pytest
from django.urls import reverse

from sapwood.journal.forms import EntryForm
from sapwood.journal.models import JournalEntry, Leaning
from sapwood.journal.prompting import occasion_of, prompt_for
from sapwood.journal.prompts import PROMPTS
from sapwood.ledger.recording import record
from sapwood.writing.words import Piece, first_line, paragraphs

HTMX = {"HX-Request": "true"}


def test_a_clean_page_asks_and_is_private(cast, client_of):
    html = client_of(cast.ana).get(reverse("journal")).content.decode()
    assert prompt_for(cast.ana, cast.ana.now()).text in html.replace("&#39;", "'")
    assert "Only you can read this" in html
    assert 'value="private" checked' in " ".join(html.split())
    assert "A group" in html


def test_another_question_with_and_without_htmx(cast, client_of):
    page = client_of(cast.ana)
    data = {"prompt": "j01", "text": "Half a thought", "title": "T"}
    whole = page.post(reverse("journal_question"), data).content.decode()
    assert "Half a thought" in whole
    piece = page.post(reverse("journal_question"), data, headers=HTMX).content.decode()
    assert "<html" not in piece
    assert 'id="prompt"' in piece
    assert PROMPTS["j01"].text not in piece
    assert 'value="j01"' in piece


def test_a_chosen_model_asks_from_it(cast, client_of):
    page = client_of(cast.ana)
    page.post(reverse("journal_lean"), {"model": "kolb"})
    assert Leaning.objects.get().model == "kolb"
    assert prompt_for(cast.ana, cast.ana.now()).family == "kolb"
    page.post(reverse("journal_lean"), {"model": "astrology"})
    assert Leaning.objects.get().model == "kolb"
    page.post(reverse("journal_lean"), {"model": ""})
    assert Leaning.objects.get().model == ""


def test_what_was_answered_is_not_asked_again(cast, write):
    now = cast.ana.now()
    asked = prompt_for(cast.ana, now)
    write(prompt=asked)
    assert prompt_for(cast.ana, now) != asked


@pytest.mark.parametrize(
    ("way", "occasion"),
    [("classroom_course", "course"), ("stretch_assignment", "project"), ("coaching", "event")],
)
def test_the_question_fits_the_moment_it_is_about(cast, way, occasion):
    moment = record(cast.ana, way=way, title="x")
    assert occasion_of(moment) == occasion
    assert prompt_for(cast.ana, cast.ana.now(), about=moment).moment == occasion


def test_search_ignores_accents_and_case(cast, write, client_of):
    write("A avaliação correu bem.", title="Reunião")
    write("Nothing like it.")
    page = client_of(cast.ana)
    for words in ("avaliacao", "REUNIAO bem", "avalia"):
        html = page.get(reverse("journal_entries"), {"q": words}, headers=HTMX).content.decode()
        assert "Reunião" in html
        assert "Nothing like it" not in html
    assert "0 entries" in page.get(reverse("journal_entries"), {"q": "100%"}).content.decode()


def test_search_finds_only_own_entries(cast, write, client_of):
    write("A shared word", readers=[cast.bruno])
    html = client_of(cast.bruno).get(reverse("journal_entries"), {"q": "shared"}).content.decode()
    assert "A shared word" not in html


def test_older_entries_are_on_further_pages(cast, write, client_of):
    for number in range(23):
        write(f"Entry {number}.", days=number)
    page = client_of(cast.ana)
    assert "Entry 22." not in page.get(reverse("journal_entries")).content.decode()
    assert "Entry 22." in page.get(reverse("journal_entries"), {"page": 2}).content.decode()


@pytest.mark.parametrize("name", ["journal", "journal_entries"])
def test_lists_ask_the_database_the_same_for_one_and_three(
    cast, write, client_of, django_assert_max_num_queries, name
):
    page = client_of(cast.ana)
    write("One.", readers=[cast.bruno])
    page.get(reverse(name))
    with django_assert_max_num_queries(12) as one:
        page.get(reverse(name))
    count = len(one)
    write("Two.", readers=[cast.bruno, cast.dinis])
    write("Three.", readers=[cast.clara])
    page.get(reverse(name))
    with django_assert_max_num_queries(count):
        page.get(reverse(name))


def test_an_entry_takes_few_queries(cast, write, client_of, django_assert_max_num_queries):
    entry = write("One.", readers=[cast.bruno, cast.dinis])
    for person in (cast.ana, cast.bruno):
        page = client_of(person)
        page.get(reverse("journal_entry", args=[entry.pk]))
        with django_assert_max_num_queries(12):
            page.get(reverse("journal_entry", args=[entry.pk]))


def test_in_portuguese(cast, write, client_of):
    cast.ana.language = "pt"
    cast.ana.save()
    write("Uma frase.", prompt=PROMPTS["j01"])
    html = client_of(cast.ana).get(reverse("journal")).content.decode()
    assert "Diário" in html
    assert "Só para si" in html
    entry = client_of(cast.ana).get(reverse("journal_entry", args=[JournalEntry.objects.get().pk]))
    assert "Quem pode ler isto" in entry.content.decode()


def test_plain_text_is_shown_with_links_and_nothing_runs(cast, write, client_of):
    entry = write("<script>alert(1)</script>\nSee https://example.org/a?b=1.")
    html = client_of(cast.ana).get(reverse("journal_entry", args=[entry.pk])).content.decode()
    assert "<script>alert" not in html
    assert '<a href="https://example.org/a?b=1" rel="noopener nofollow">' in html


def test_words_to_paragraphs():
    assert paragraphs("a\nb\n\nc") == [[[Piece("a")], [Piece("b")]], [[Piece("c")]]]
    assert paragraphs("https://x.y/z, ok")[0][0][0].href == "https://x.y/z"
    assert paragraphs("javascript:alert(1)")[0][0] == [Piece("javascript:alert(1)")]
    assert first_line("Supercalifragilistic", 10) == "Supercali…"


def test_waved_on_questions_are_known_ones_once():
    form = EntryForm(initial={"prompt": "j02", "seen": "j01 j02 nonsense"})
    assert form.waved_on == ["j01", "j02"]
