"""What search finds, in which order, for whom, and why; the same on both databases."""

from types import SimpleNamespace

import pytest

from sapwood.activities.models import Activity
from sapwood.activities.search import find, rebuild
from sapwood.activities.search.explaining import marked, snippet
from sapwood.activities.search.near import distance
from sapwood.activities.search.tokens import column, stem, tokens
from sapwood.people.models import Person

pytestmark = pytest.mark.django_db
WALL = [
    ("Leak", ""),
    ("Leak Detectives at night", ""),
    ("Hearing a leak before you see it", ""),
    ("Leaking valves", ""),
    ("Calm networks", "Most bursts leak first."),
    ("Ações de aprendizagem", "Aprendizagens da equipa"),
    ("Night handover", ""),
]


@pytest.fixture
def wall(cast: SimpleNamespace) -> SimpleNamespace:
    for title, summary in WALL:
        publish(cast.bruno, title, summary)
    return cast


def publish(owner: Person, title: str, summary: str = "", **more: object) -> Activity:
    activity = Activity.objects.create(
        kind="resource", title=title, summary=summary, way="job_aid", owner=owner, **more
    )
    activity.publish(by=owner)
    return activity


def titles(text: str, person: Person) -> list[str]:
    found = find(text, Activity.objects.visible_to(person).published())
    return [activity.title for activity in found.activities]


def test_the_title_itself_comes_first_then_its_beginning_then_elsewhere(wall) -> None:
    assert titles("leak", wall.ana) == [
        "Leak",
        "Leaking valves",
        "Leak Detectives at night",
        "Hearing a leak before you see it",
        "Calm networks",
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("LEAKS", "Leak"),
        ("acoes", "Ações de aprendizagem"),
        ("ação", "Ações de aprendizagem"),
        ("aprendizagens", "Ações de aprendizagem"),
        ("detect", "Leak Detectives at night"),
        ("handovers", "Night handover"),
        ("night hand", "Night handover"),
        ("hand night", None),
        ("handover night", "Night handover"),
        ("bursts", "Calm networks"),
        ("bruno", None),
    ],
)
def test_words_are_compared_folded_and_stemmed(wall, typed: str, first: str | None) -> None:
    found = titles(typed, wall.ana)
    if typed == "bruno":
        assert len(found) == len(WALL)
    else:
        assert (found[0] if found else None) == first


@pytest.mark.parametrize(
    "typed",
    ['"', "'", "a' OR '1'='1", 'leak" OR "night', "leak*", "leak AND", "NOT leak", "NEAR(a b)",
     "title:leak", "leak & !night", "\\", "%", "_", "(", "{", "<->", "🌲", "\x00", "a" * 5000],
)  # fmt: skip
def test_whatever_is_typed_is_only_words(wall, typed: str) -> None:
    titles(typed, wall.ana)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("handovre", "handover"), ("netwroks", "networks"), ("calm netwrks", "calm networks")],
)
def test_near_words_help_only_when_nothing_else_matches(wall, typed: str, read: str) -> None:
    among = Activity.objects.visible_to(wall.ana).published()
    found = find(typed, among)
    assert found.instead == read
    assert found.activities.exists()
    assert find("leak", among).instead == ""
    assert not find("zzzzzz", among).activities.exists()


def test_words_of_what_is_hidden_are_never_told(wall) -> None:
    publish(wall.bruno, "Projeto Zyrconia", audience="invited")
    hers = Activity.objects.visible_to(wall.ana).published()
    his = Activity.objects.visible_to(wall.bruno).published()
    for typed in ("zyrcomia", "zyrconia", "zyrconi", "leak zyrcomia", "zyrcomia projeto"):
        assert find(typed, hers).instead == ""
        assert not find(typed, hers).activities.exists()
    assert find("zyrcomia", his).instead == "zyrconia"
    publish(wall.bruno, "Zirconia rings")
    assert find("zyrcomia", hers).instead == "zirconia"


def test_hidden_words_do_not_crowd_out_what_may_be_seen(wall) -> None:
    for ending in "bcdef":
        publish(wall.bruno, f"zyrconi{ending}", audience="invited")
    publish(wall.bruno, "zyrkonix")
    assert titles("zyrconix", wall.ana) == ["zyrkonix"]


@pytest.mark.parametrize("hidden", ["", "qrs"])
def test_an_unknown_short_word_is_left_out_of_a_question(wall, hidden: str) -> None:
    """And it makes no difference whether it stands where one may not look."""
    if hidden:
        publish(wall.bruno, hidden, audience="invited")
    among = Activity.objects.visible_to(wall.ana).published()
    found = find("qrs leaking valves", among)
    assert [activity.title for activity in found.activities] == ["Leaking valves"]
    assert found.instead == "leaking valves"
    assert not find("qrs", among).activities.exists()


def test_what_was_typed_is_not_said_to_be_near_itself(wall) -> None:
    publish(wall.bruno, "How to read a plan")
    publish(wall.bruno, "Close the gate", "It is a heavy one")
    among = Activity.objects.visible_to(wall.ana).published()
    found = find("how to close a valve", among)
    assert (found.instead, found.activities.exists()) == ("", False)


def test_near_words_are_said_in_their_own_spelling(wall) -> None:
    publish(wall.bruno, "Manutenção de redes")
    among = Activity.objects.visible_to(wall.ana).published()
    assert find("manutensao", among).instead == "manutenção"
    assert find("aprendizajens", among).instead == "aprendizagens"


def test_a_near_search_asks_little(wall, django_assert_max_num_queries) -> None:
    among = Activity.objects.visible_to(wall.ana).published()
    with django_assert_max_num_queries(4):
        assert list(find("detektives at nihgt", among).activities)
    with django_assert_max_num_queries(4):
        assert not list(find("one two three four five six zzzzz leek a b c d", among).activities)


def test_permissions_hold_in_the_query(cast: SimpleNamespace) -> None:
    secret = publish(cast.bruno, "Secret handshake", audience="invited")
    unit = publish(cast.bruno, "Network handshake", audience="unit", unit=cast.network)
    assert titles("handshake", cast.dinis) == []
    assert titles("handshake", cast.ana) == [unit.title]
    assert set(titles("handshake", cast.bruno)) == {unit.title, secret.title}


def test_what_is_taken_back_or_changed_is_gone_at_once(cast: SimpleNamespace) -> None:
    activity = publish(cast.bruno, "Handshake")
    activity.unpublish(by=cast.bruno)
    assert titles("handshake", cast.bruno) == []
    activity.title = "Something else"
    activity.save()
    activity.publish(by=cast.bruno)
    assert titles("handshake", cast.bruno) == []
    assert titles("something", cast.bruno) == ["Something else"]


def test_the_index_can_be_made_again(wall) -> None:
    before = titles("leak", wall.ana)
    assert rebuild() == len(WALL)
    assert titles("leak", wall.ana) == before


def test_a_search_costs_the_same_however_much_there_is(wall, django_assert_num_queries) -> None:
    among = Activity.objects.visible_to(wall.ana).published()
    with django_assert_num_queries(2):
        list(find("leak", among).activities.for_cards())


def test_why_it_matched_is_shown_in_its_own_spelling() -> None:
    assert marked("Ações de aprendizagem", ("acao",)) == [
        ("Ações", True),
        (" de aprendizagem", False),
    ]
    text = "x " * 200 + "the pressure changes" + " y" * 200
    pieces = snippet(text, ("press*",))
    assert ("pressure", True) in pieces
    assert pieces[0][0].startswith("…")
    assert pieces[-1][0].endswith("…")
    assert snippet("nothing here", ("press*",)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("leaks", "leak"), ("leaking", "leak"), ("stories", "story"), ("acoes", "acao"),
     ("aprendizagens", "aprendizagem"), ("jornais", "jornal"), ("rapidamente", "rapida"),
     ("running", "run"), ("process", "process"), ("gas", "gas")],
)  # fmt: skip
def test_stems(one: str, other: str) -> None:
    assert stem(one) == other


def test_tokens_and_columns() -> None:
    assert tokens("Ação! Água-fria, n.º 3") == ["acao", "agua", "fria", "n", "o", "3"]
    assert column("Leaks at night") == " leaks at night | leak "


@pytest.mark.parametrize(
    ("first", "second", "away"),
    [("leak", "leak", 0), ("leak", "laek", 1), ("leak", "lek", 1), ("leak", "leaks", 1),
     ("leak", "beak", 1), ("leak", "pump", 2), ("networks", "netwroks", 1)],
)  # fmt: skip
def test_distance(first: str, second: str, away: int) -> None:
    assert distance(first, second, 1) == away
