"""Explore: one question, a mixed wall, filters with counts, people, the reason for each hit."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from sapwood.activities.catalogue import Asked, look_for
from sapwood.activities.models import Activity

pytestmark = pytest.mark.django_db
WALL = [
    ("Calm networks", "job_aid", 9, "en"),
    ("Redes calmas", "read_external", 30, "pt"),
    ("Pressure, level 3", "classroom_course", 960, "en"),
    ("Shadow the control room", "stretch_assignment", None, "en"),
]


@pytest.fixture
def wall(cast: SimpleNamespace) -> SimpleNamespace:
    for title, way, minutes, language in WALL:
        kind = "stretch" if way == "stretch_assignment" else "resource"
        activity = Activity.objects.create(
            kind=kind, title=title, way=way, minutes=minutes, language=language, owner=cast.bruno,
            summary="About pressure.",
        )  # fmt: skip
        activity.publish(by=cast.bruno)
    return cast


@pytest.fixture
def ana(wall: SimpleNamespace, client_of: Callable[[object], Client]) -> Client:
    return client_of(wall.ana)


def shelf(query: str, person: object):
    return look_for(Asked.read(QueryDict(query)), person)


def titles(query: str, person: object) -> set[str]:
    return {activity.title for activity in shelf(query, person).activities}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Calm networks", "Redes calmas", "Pressure, level 3", "Shadow the control room"}),
        ("ring=0", {"Pressure, level 3"}),
        ("ring=0&ring=3", {"Pressure, level 3", "Shadow the control room"}),
        ("time=short", {"Calm networks"}),
        ("time=half&language=pt", {"Redes calmas"}),
        ("time=long", {"Pressure, level 3"}),
        ("time=short&time=half&time=long", {t for t, _way, minutes, _ in WALL if minutes}),
        ("form=non_formal", {"Pressure, level 3"}),
        ("kind=stretch", {"Shadow the control room"}),
        ("q=calm&language=en", {"Calm networks"}),
        ("ring=9&time=never&kind=", {t for t, *_ in WALL}),
        ("kind=nothing", set()),
    ],
)
def test_filters_narrow(wall, query: str, expected: set[str]) -> None:
    assert titles(query, wall.ana) == expected


def test_counts_say_what_each_tick_would_leave(wall) -> None:
    """A filter's own ticks are left out of its counts, those of the others are not."""
    found = shelf("language=en&ring=0", wall.ana)
    rings = {option.value: option.count for option in found.filters["ring"]}
    assert rings == {"3": 1, "2": 0, "1": 1, "0": 1}
    languages = {option.value: option.count for option in found.filters["language"]}
    assert languages == {"en": 1, "pt": 0}
    for name, options in found.filters.items():
        for option in options:
            others = {k: v for k, v in {"language": "en", "ring": "0"}.items() if k != name}
            query = "&".join(f"{k}={v}" for k, v in {**others, name: option.value}.items())
            assert len(titles(query, wall.ana)) == option.count


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("ring=3", ""),
        ("q=calm&ring=3&language=pt", "?q=calm"),
        ("kind=stretch&sort=new&ring=3", "?kind=stretch&amp;sort=new"),
        (
            "q=calm+net&kind=resource&sort=short&time=long",
            "?q=calm+net&amp;kind=resource&amp;sort=short",
        ),
    ],
)
def test_clear_takes_away_the_filters_and_nothing_else(ana: Client, asked: str, left: str) -> None:
    page = " ".join(ana.get(f"{reverse('explore')}?{asked}").content.decode().split())
    assert f'<a href="{reverse("explore")}{left}">Clear</a>' in page.replace('" >', '">')


def test_hits_say_why(ana: Client) -> None:
    page = ana.get(reverse("explore"), {"q": "calm"}).content.decode()
    assert "<mark>Calm</mark> networks" in page
    page = ana.get(reverse("explore"), {"q": "pressure"}).content.decode()
    assert "About <mark>pressure</mark>." in page


def test_people_are_found_by_what_one_can_ask_them(ana: Client, wall) -> None:
    wall.dinis.ask_about = "São João, budgets"
    wall.dinis.save()
    page = ana.get(reverse("explore"), {"q": "budgets"}).content.decode()
    assert "k-person" in page
    assert reverse("profile", args=[wall.dinis.pk]) in page
    everyone = ana.get(reverse("explore"), {"kind": "people"}).content.decode()
    assert everyone.count("k-person") == 4


def test_a_gone_colleague_is_not_found(ana: Client, wall) -> None:
    wall.dinis.is_active = False
    wall.dinis.save()
    page = ana.get(reverse("explore"), {"q": "dinis"}).content.decode()
    assert "k-person" not in page


def test_nothing_found_says_what_to_do(ana: Client) -> None:
    page = ana.get(reverse("explore"), {"q": "zzzzzz"}).content.decode()
    assert "Nothing here for that yet" in page
    near = ana.get(reverse("explore"), {"q": "netwroks"}).content.decode()
    assert "“networks”" in near
    assert "Calm" in near


def test_htmx_gets_the_results_alone(ana: Client) -> None:
    piece = ana.get(reverse("explore"), {"ring": "0"}, headers={"HX-Request": "true"})
    assert piece.content.decode().lstrip().startswith('<div id="found"')


def test_a_stranger_is_sent_away(wall, client_of) -> None:
    assert client_of(None).get(reverse("explore")).status_code == 302


@pytest.mark.parametrize("query", [{}, {"q": "pressure"}, {"q": "prezzure"}, {"kind": "people"}])
def test_at_most_twelve_queries_however_much_there_is(
    ana: Client, wall, query: dict, django_assert_max_num_queries
) -> None:
    ana.get(reverse("explore"), query)
    counts = []
    for more in (0, 12):
        for n in range(more):
            activity = Activity.objects.create(
                kind="resource", title=f"Pressure {n}", way="job_aid", owner=wall.bruno
            )
            activity.publish(by=wall.bruno)
        with django_assert_max_num_queries(12) as asked:
            ana.get(reverse("explore"), query)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]
