"""Beside a row: counts follow it, a longer text comes back whole, a choice is said."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from sapwood.ledger.models import LONGEST, Moment
from sapwood.ledger.recording import record
from sapwood.people.models import Person

LIST = {"HX-Request": "true", "HX-Current-URL": "http://testserver/moments/"}


@pytest.fixture
def ana(cast: SimpleNamespace) -> Person:
    return cast.ana


@pytest.fixture
def browser(ana: Person, client_of: Callable[[object], Client]) -> Client:
    return client_of(ana)


def kept(person: Person, title: str = "Closed a valve slowly.") -> Moment:
    return record(person, way="learning_by_doing", title=title)


def test_a_delete_and_its_undo_count_again(ana: Person, browser: Client) -> None:
    first, _second = kept(ana), kept(ana, "Opened it again.")
    gone = browser.post(f"/moments/{first.uid}/delete/", headers=LIST)
    page = gone.content.decode()
    assert "1 this year." in page
    assert f'id="mo-{ana.today():%Y-%m}-s"' in page
    assert "1 so far." in page
    payload = _payload(page)
    back = browser.post("/moments/undo/", {"payload": payload}, headers=LIST).content.decode()
    assert "2 this year." in back
    assert "2 so far." in back


def _payload(page: str) -> str:
    return page.split('name="payload" value="')[1].split('"')[0]


def test_no_counts_where_no_list_is(ana: Person, browser: Client) -> None:
    moment = kept(ana)
    there = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/moments/{moment.uid}/"}
    page = browser.post(f"/moments/{moment.uid}/delete/", headers=there).content.decode()
    assert "moment-total" not in page


@pytest.mark.parametrize(("days", "header"), [(1, "HX-Refresh"), (800, "HX-Redirect")])
def test_another_day_is_another_place(ana: Person, browser: Client, days: int, header: str) -> None:
    today = ana.today().replace(month=6, day=15)
    moment = record(ana, way="web_search", title="Read it", occurred_on=today - timedelta(400))
    day = moment.occurred_on - timedelta(days)
    said = {"title": "Read it", "occurred_on": day.isoformat(), "visibility": "private"}
    answer = browser.post(f"/moments/{moment.uid}/edit/", said, headers=LIST)
    assert header in answer.headers
    moment.refresh_from_db()
    assert moment.occurred_on == day


def test_a_text_that_is_too_long_comes_back_whole(ana: Person, browser: Client) -> None:
    page = browser.get("/moments/new/").content.decode()
    assert f'data-most="{LONGEST}"' in page
    assert "maxlength" not in page.split('id="id_title"')[0].rsplit("<textarea", 1)[1]
    text = "x" * (LONGEST + 50)
    answer = browser.post("/moments/new/", {"title": text, "when": "today"})
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert "and this has 2050" in answer.content.decode()
    assert not Moment.objects.exists()


def test_a_chosen_way_is_said_to_be_chosen(browser: Client) -> None:
    said = {"title": "Jonas showed me the valve", "way": "web_search"}
    box = browser.post("/moments/guess/", said, headers={"HX-Request": "true"}).content.decode()
    assert "You chose" in box
    assert 'class="chip"' in box
    assert "Because you wrote" not in box
    assert 'data-guess="web_search"' in box
    free = browser.post("/moments/guess/", {"title": said["title"]}, headers=LIST).content.decode()
    assert "Looks like" in free
