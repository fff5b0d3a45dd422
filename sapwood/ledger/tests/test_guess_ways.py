"""Guessing a way from a sentence: measured on a table of sentences, explained, and correctable."""

from pathlib import Path

import pytest
import yaml

from sapwood.ledger.guess import guess, teachable
from sapwood.ledger.hints import fold, table
from sapwood.ledger.ways import WAYS

SENTENCES = yaml.safe_load(
    (Path(__file__).parent / "data" / "guess_sentences.yaml").read_text(encoding="utf-8")
)


def right_part(kind: str) -> float:
    pairs = [(way, text) for way, row in SENTENCES.items() for text in row[kind]]
    wrong = [(way, text) for way, text in pairs if guess(text).way != way]
    return 1 - len(wrong) / len(pairs)


def test_sentences_cover_all_ways_in_both_languages():
    assert set(SENTENCES) == set(WAYS) == set(table().near)
    assert sum(len(row["known"]) for row in SENTENCES.values()) >= 300
    assert all(len(row["held"]) == 2 for row in SENTENCES.values())


def test_known_sentences_are_mostly_right():
    assert right_part("known") >= 0.95


def test_sentences_set_aside_are_mostly_right():
    assert right_part("held") >= 0.9


@pytest.mark.parametrize("way", WAYS.values(), ids=lambda way: way.id)
def test_a_way_is_guessed_from_its_own_name(way):
    assert guess(way.name_en, "en").way == way.id
    assert guess(way.name_pt, "pt").way == way.id


def test_the_reason_is_in_the_persons_own_words():
    found = guess("Jonas showed me how to tell pump two from a leak by ear.", "en")
    assert found.way == "team_sharing"
    assert found.reason_words == ("showed me",)
    found = guess("À tarde, a Inês MOSTROU-ME o atalho.", "pt")
    assert found.reason_words == ("MOSTROU-ME",)


@pytest.mark.parametrize("text", ["", "   ", "!!!", "Pipes.", "水", "x" * 5000, "a " * 3000])
def test_nothing_to_go_on_is_daily_work_without_a_reason(text):
    found = guess(text)
    assert found.way == "learning_by_doing"
    assert found.reason_words == ()
    assert len(set(found.others)) == 3


def test_always_three_others_and_never_the_guess_itself():
    for row in SENTENCES.values():
        for text in row["known"]:
            found = guess(text)
            assert len(set(found.others)) == 3
            assert found.way not in found.others
            assert set(found.others) <= set(WAYS)


def test_accents_and_capitals_do_not_matter():
    with_accents = guess("Revisão pós-ação da rutura")
    assert with_accents.way == guess("REVISAO POS-ACAO DA RUTURA").way == "after_action_review"
    assert fold("Pós-ação, não?") == "pos acao nao"


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("https://www.youtube.com/watch?v=abc", "watch_listen_external"),
        ("Good one: https://youtu.be/abc", "watch_listen_external"),
        ("https://vimeo.com/123 on welding", "watch_listen_external"),
        ("https://podcasts.apple.com/pt/podcast/x", "watch_listen_external"),
        ("https://www.coursera.org/learn/water", "mooc"),
        ("https://lms.nau.edu.pt/courses/x", "mooc"),
        ("https://example.org/a-long-read", "read_external"),
        ("www.example.org", "read_external"),
        ("https://notyoutube.com/x", "read_external"),
        ("https://example.org/youtube.com", "read_external"),
        ("https://www.linkedin.com/learning/excel", "mooc"),
        ("https://www.linkedin.com/posts/x", "professional_network"),
        ("I wrote a guide for the crew https://wiki.example.org/x", "own_content"),
    ],
)
def test_an_address_is_a_hint(text, way):
    found = guess(text)
    assert found.way == way
    assert found.reason_words


def test_a_known_address_is_the_reason():
    assert guess("https://www.youtube.com/watch?v=1").reason_words == ("www.youtube.com",)
    assert guess("See https://youtu.be/abc").reason_words == ("youtu.be",)


def test_learned_words_win():
    text = "Huddle by the whiteboard, Maria explained the rota"
    assert guess(text).way == "team_sharing"
    found = guess(text, learned={"huddle": "after_action_review"})
    assert found.way == "after_action_review"
    assert found.reason_words == ("Huddle",)
    assert found.others[0] == "team_sharing"
    assert guess("No such words", learned={"huddle": "coaching"}).way == "learning_by_doing"
    assert guess("huddles", learned={"huddle": "coaching"}).way == "learning_by_doing"


def test_longer_learned_phrases_and_more_of_them_win():
    learned = {"ronda": "coaching", "ronda da manha": "job_rotation", "nada": "no_such_way"}
    assert guess("Na ronda da manhã", learned=learned).way == "job_rotation"
    assert guess("Na ronda", learned=learned).way == "coaching"
    assert guess("Nada", learned=learned).way == "learning_by_doing"


def test_only_telling_words_are_teachable():
    assert teachable("Yesterday I learned this in the huddle, with Álvaro https://x.org/page") == (
        "huddle",
        "alvaro",
    )


def test_the_readers_language_weighs_more():
    assert guess("Exam and artigo", "en").way == "formal_qualification"
    assert guess("Exam and artigo", "pt").way == "read_external"
