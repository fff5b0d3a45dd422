"""Downloads of one's record: they follow the filter, and no cell is a formula."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from sapwood.ledger.recording import record, record_many


@pytest.fixture
def browser(cast: SimpleNamespace, client_of: Callable[[object], Client]) -> Client:
    record(cast.ana, way="mooc", title="=HYPERLINK(1)", minutes=30, objectives=12)
    record(
        cast.ana, way="mentoring", title="<b>Owen</b> draws", knot="Owen", reflected=True,
        shared_with=[cast.bruno],
    )  # fmt: skip
    return client_of(cast.ana)


def test_csv_neutralises_formulas_and_follows_the_filter(browser: Client) -> None:
    answer = browser.get("/moments/download/csv/")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="moments-20')
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["What I learned"] for row in rows} == {"'=HYPERLINK(1)", "<b>Owen</b> draws"}
    mentored = browser.get("/moments/download/csv/?ring=3").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(mentored))
    assert (row["Way"], row["Shown to"]) == ("Mentoring conversation", "Bruno Sá")


def test_json_holds_codes_and_words(browser: Client) -> None:
    content = browser.get("/moments/download/json/?q=hyperlink").json()
    (moment,) = content["moments"]
    assert content["format"] == "sapwood-moments/1"
    assert (moment["title"], moment["way"], moment["minutes"]) == ("=HYPERLINK(1)", "mooc", 30)
    assert set(moment["objectives"]) == {"social_inclusion", "employability"}


def test_the_biography_reads_by_year_and_month(cast: SimpleNamespace, browser: Client) -> None:
    page = browser.get("/moments/download/html/").content.decode()
    assert "What Ana Sá learned" in page
    assert "&lt;b&gt;Owen&lt;/b&gt; draws" in page
    assert f"<h2>{cast.ana.today().year}</h2>" in page
    assert "In my rings: “Owen”" in page
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_the_biography_prints(browser: Client) -> None:
    answer = browser.get("/moments/download/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


LONG = ["valve " * 333, "a" * 2000, "a\n" * 1000]


@pytest.mark.parametrize("title", LONG)
def test_a_first_moment_as_long_as_it_may_be_prints(
    cast: SimpleNamespace, client_of: Callable[[object], Client], title: str
) -> None:
    record(cast.ana, way="mooc", title=title[:2000])
    assert client_of(cast.ana).get("/moments/download/pdf/").content.startswith(b"%PDF-")


def test_a_full_year_prints(cast: SimpleNamespace, client_of: Callable[[object], Client]) -> None:
    day = cast.ana.today()
    record_many(
        {
            "person": cast.ana,
            "way": "mentoring",
            "title": "The pump sounded wrong. " * (1 + n % 80),
            "occurred_on": day - timedelta(days=n % day.timetuple().tm_yday),
        }
        for n in range(300)
    )
    assert client_of(cast.ana).get("/moments/download/pdf/").content.startswith(b"%PDF-")


def test_an_empty_record_can_be_taken_too(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    browser = client_of(cast.dinis)
    for form in ("csv", "json", "html", "pdf"):
        assert browser.get(f"/moments/download/{form}/").status_code == 200
