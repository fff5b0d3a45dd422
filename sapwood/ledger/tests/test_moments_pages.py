"""My moments: what the list shows, how many queries it costs, and what filters leave."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from sapwood.ledger.models import Moment
from sapwood.ledger.recording import record, record_many
from sapwood.people.models import Person

HX = {"HX-Request": "true"}


@pytest.fixture
def ana(cast: SimpleNamespace) -> Person:
    return cast.ana


@pytest.fixture
def browser(ana: Person, client_of: Callable[[object], Client]) -> Client:
    return client_of(ana)


def keep(person: Person, title: str = "Closed a valve slowly.", **more: Any) -> Moment:
    return record(person, **{"way": "learning_by_doing", "title": title, **more})


@pytest.mark.parametrize("rows", [1, 3])
def test_index_needs_few_queries(
    cast: SimpleNamespace, browser: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(rows):
        keep(cast.ana, f"Moment {n}", shared_with=[cast.bruno, cast.dinis])
    browser.get("/moments/")
    with django_assert_max_num_queries(12):
        page = browser.get("/moments/")
    assert page.content.decode().count('class="moment"') == rows


def test_more_rows_cost_no_more_queries(cast: SimpleNamespace, browser: Client) -> None:
    spent = []
    for rows in (1, 3):
        for n in range(rows):
            keep(cast.ana, f"Moment {rows} {n}", shared_with=[cast.bruno, cast.dinis])
        browser.get("/moments/")  # draws the small rings
        with _counted() as queries:
            browser.get("/moments/")
        spent.append(len(queries))
    assert spent[0] == spent[1]


def _counted() -> Any:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


def test_search_ignores_accents_and_finds_the_way(ana: Person, browser: Client) -> None:
    keep(ana, "A válvula fechou devagar")
    keep(ana, "Nothing of the kind", way="mooc")
    assert "devagar" in browser.get("/moments/?q=VALVULA").content.decode()
    found = browser.get("/moments/?q=open+online").content.decode()
    assert "Nothing of the kind" in found
    assert "devagar" not in found


def test_filters_combine_and_say_what_they_leave(ana: Person, browser: Client) -> None:
    keep(ana, "Bloom, written", way="community", reflected=True)
    keep(ana, "Bloom, plain", way="community")
    keep(ana, "Edge, written", reflected=True)
    page = browser.get("/moments/?ring=2&reflected=1").content.decode()
    assert "Bloom, written" in page
    assert "Bloom, plain" not in page
    assert "Edge, written" not in page
    assert "1 of 3." in page


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("form=informal", {"work", "outside"}),
        ("form=formal", {"school"}),
        ("aim=4", {"outside"}),
        ("outside=1", {"outside", "school"}),
        ("way=formal_qualification", {"school"}),
        ("ring=0&ring=3", {"work", "outside", "school"}),
        ("named=1", {"work"}),
    ],
)
def test_each_filter_leaves_what_it_says(
    ana: Person, browser: Client, query: str, left: set[str]
) -> None:
    keep(ana, "work", knot="First valve")
    keep(ana, "outside", place="outside", objectives=4)
    keep(ana, "school", way="formal_qualification")
    page = browser.get(f"/moments/?{query}").content.decode()
    assert {t for t in ("work", "outside", "school") if f'<p class="t">{t}</p>' in page} == left


def test_years_are_switched_and_older_months_come_in_pieces(ana: Person, browser: Client) -> None:
    today = ana.today()
    last_year = date(today.year - 1, 3, 5)
    record_many(
        {"person": ana, "way": "web_search", "title": f"n{month}-{n}",
         "occurred_on": date(today.year - 1, month, 1 + n)}
        for month in range(1, 13) for n in range(13)
    )  # fmt: skip
    page = browser.get(f"/moments/?year={last_year.year}").content.decode()
    assert page.count('<section class="mo"') == 3
    assert "5 more in December" in page
    piece = browser.get(
        f"/moments/?year={last_year.year}&before={last_year.year}-09", headers=HX
    ).content.decode()
    assert "<html" not in piece
    assert piece.count('<section class="mo"') == 3
    whole = browser.get(
        f"/moments/?year={last_year.year}&month={last_year.year}-12", headers=HX
    ).content.decode()
    assert whole.count('class="moment"') == 13
    assert "Your moments, all years" in browser.get("/moments/?year=all").content.decode()


def test_a_month_says_one_true_thing(ana: Person, browser: Client) -> None:
    first = ana.today().replace(day=1) - timedelta(days=40)
    year = first.year
    for n in range(4):
        keep(ana, f"Today Jonas showed me pump {n}", occurred_on=first)
    page = browser.get(f"/moments/?year={year}").content.decode()
    assert "4. Jonas comes up 4 times." in page


def test_nonsense_in_the_address_is_passed_over(browser: Client) -> None:
    url = "/moments/?year=99999&ring=9&form=x&aim=3&way=magic&before=%00&month=zz"
    assert browser.get(url).status_code == 200
