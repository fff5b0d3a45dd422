"""Adding, changing, deleting and bringing back a moment."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sapwood.ledger.erasing import erase
from sapwood.ledger.learning import guess_for
from sapwood.ledger.models import Moment, MomentShare, Trunk, WordHint
from sapwood.ledger.recording import record
from sapwood.people.blocking import block
from sapwood.people.models import Person

HX = {"HX-Request": "true", "HX-Target": "div#sheet"}
JSON = {"Accept": "application/json"}


@pytest.fixture
def ana(cast: SimpleNamespace) -> Person:
    return cast.ana


@pytest.fixture
def browser(ana: Person, client_of: Callable[[object], Client]) -> Client:
    return client_of(ana)


def said(**more: Any) -> dict[str, Any]:
    return {
        "title": "Jonas showed me how to tell pump two from a leak by ear.",
        "when": "today",
        "visibility": "private",
        **more,
    }


def test_one_sentence_is_enough(ana: Person, browser: Client) -> None:
    answer = browser.post("/moments/new/", said())
    assert answer.status_code == 302
    moment = Moment.objects.get()
    assert (moment.person, moment.occurred_on, moment.way) == (ana, ana.today(), "team_sharing")
    assert (moment.visibility, moment.minutes, moment.form) == ("private", None, "informal")


def test_everything_said_is_kept(cast: SimpleNamespace, browser: Client) -> None:
    browser.post(
        "/moments/new/",
        said(
            way="mooc", when="yesterday", minutes="longer", minutes_other="95", aims=["1", "4"],
            visibility="people", people=[str(cast.bruno.pk)], place="outside",
        ),
    )  # fmt: skip
    moment = Moment.objects.get()
    assert (moment.way, moment.minutes, moment.objectives) == ("mooc", 95, 5)
    assert moment.occurred_on == cast.ana.today() - timedelta(days=1)
    assert moment.is_outside
    assert list(moment.shared_with.all()) == [cast.bruno]


@pytest.mark.parametrize(
    ("answers", "form", "intended"),
    [
        ({}, "non_formal", True),
        ({"qualification": "yes"}, "formal", True),
        ({"organised": "no"}, "informal", True),
        ({"intended": "no"}, "informal", False),
    ],
)
def test_three_questions_decide_the_form(
    browser: Client, answers: dict[str, str], form: str, intended: bool
) -> None:
    browser.post("/moments/new/", said(way="mooc", **answers))
    moment = Moment.objects.get()
    assert (moment.form, moment.intended) == (form, intended)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "Write one sentence first"),
        ({"title": "x" * 2001}, "A moment holds up to 2000 characters and this has 2001."),
        ({"when": "day", "day": "2999-01-01"}, "That day has not come yet."),
        ({"when": "day"}, "Say which day it was."),
        ({"when": "day", "day": "1026-01-01"}, "That is before 1950."),
        ({"visibility": "people"}, "Pick at least one person"),
        ({"way": "magic"}, "Choose one of the forty ways"),
        ({"minutes": "longer", "minutes_other": "-3"}, "Minutes are a number from 1 to 9999."),
        ({"visibility": "people", "people": [str(uuid4())]}, "is not here any more"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    browser: Client, wrong: dict[str, Any], words: str
) -> None:
    answer = browser.post("/moments/new/", said(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert wrong.get("title", "Jonas showed me")[:30].strip() in page
    assert not Moment.objects.exists()


@pytest.mark.parametrize("blocker", ["ana", "dinis"])
def test_nothing_is_shown_to_somebody_kept_apart(
    browser: Client, cast: SimpleNamespace, blocker: str
) -> None:
    pair = {cast.ana, cast.dinis}
    block(getattr(cast, blocker), (pair - {getattr(cast, blocker)}).pop())
    shown = said(visibility="people", people=[str(cast.dinis.pk)])
    assert browser.post("/moments/new/", shown).status_code == 422
    assert not MomentShare.objects.exists()


def test_the_same_client_key_is_one_moment(browser: Client) -> None:
    key = str(uuid4())
    for _again in range(3):
        browser.post("/moments/new/", said(client_key=key))
    assert Moment.objects.count() == 1
    for _again in range(2):
        browser.post("/moments/new/", said(client_key=key, title="Another text in a second tab"))
    assert Moment.objects.count() == 2


def test_a_queue_hears_json(browser: Client) -> None:
    kept = browser.post("/moments/new/", said(), headers=JSON)
    assert (kept.status_code, list(kept.json())) == (201, ["uid"])
    refused = browser.post("/moments/new/", said(title=""), headers=JSON)
    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        "Write one sentence first: what you learned, and from what."
    ]


def test_the_sheet_rises_and_says_what_was_kept(browser: Client) -> None:
    sheet = browser.get("/moments/new/", headers=HX).content.decode()
    assert sheet.strip().startswith("<dialog")
    kept = browser.post("/moments/new/", said(sheet="1"), headers=HX).content.decode()
    assert "<html" not in kept
    assert "Kept for today. Only you can see it." in kept
    another = browser.post("/moments/new/", {**said(sheet="1"), "as": "another"}, headers=HX)
    assert "Kept. Here is an empty page for the next." in another.content.decode()
    assert another.headers["X-Kept"] == "moment"


def test_finding_a_person_without_scripts_loses_nothing(
    cast: SimpleNamespace, browser: Client
) -> None:
    answer = browser.post(
        "/moments/new/",
        {**said(visibility="people", people=[str(cast.dinis.pk)]), "as": "find", "find": "brun"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Bruno Sá" in page
    assert f'value="{cast.dinis.pk}" checked' in " ".join(page.split())
    assert "Jonas showed me" in page


def test_shared_from_a_phone_lands_in_the_form(browser: Client) -> None:
    page = browser.get(
        "/moments/new/?title=Calm+networks&text=Calm+networks&url=https://example.org/calm"
    ).content.decode()
    assert ">\nCalm networks https://example.org/calm</textarea>" in page
    long = browser.get("/moments/new/", {"text": "word " * 900}).content.decode()
    assert "What was shared is longer than a moment." in long


def test_the_guess_says_its_reason(browser: Client) -> None:
    page = browser.post("/moments/guess/", said(), headers=HX).content.decode()
    assert "Sharing knowledge within the team" in page
    assert "Because you wrote “showed me”." in page
    assert page.count('class="chip"') == 3
    assert page.count("<option") == 41


def test_corrected_twice_it_learns_the_words(ana: Person, browser: Client) -> None:
    text = "Listened to Zebulon about the trace"
    assert guess_for(ana, text).way != "mentoring"
    for n in range(2):
        browser.post("/moments/new/", said(title=f"{text} {n}", way="mentoring"))
    assert guess_for(ana, "Zebulon again").way == "mentoring"
    browser.post("/moments/new/", said(title="Zebulon again", way="coaching"))
    assert guess_for(ana, "Zebulon again").way != "mentoring"


def test_changing_touches_rings_and_keeps_what_was_said(ana: Person, browser: Client) -> None:
    moment = record(ana, way="mooc", title="First words", place="outside")
    before = Trunk.objects.get(person=ana).version
    form = browser.get(f"/moments/{moment.uid}/edit/", headers={"HX-Request": "true"})
    assert form.content.decode().strip().startswith('<li class="editing"')
    answer = browser.post(
        f"/moments/{moment.uid}/edit/",
        {
            "title": "Better words", "way": "mentoring", "occurred_on": "2026-01-05",
            "minutes": "40", "visibility": "private", "knot": "Valve day", "aims": ["8"],
        },
    )  # fmt: skip
    moment.refresh_from_db()
    assert answer.url == f"/moments/?year=2026#m-{moment.uid}"
    assert (moment.title, moment.way, moment.ring, moment.minutes) == (
        "Better words", "mentoring", 3, 40,
    )  # fmt: skip
    assert (moment.form, moment.knot, moment.objectives) == ("informal", "Valve day", 8)
    assert Trunk.objects.get(person=ana).version > before


def test_this_browser_keeps_a_change_until_it_is_kept(ana: Person, browser: Client) -> None:
    moment = record(ana, way="mooc", title="First words")
    address, box = f"/moments/{moment.uid}/edit/", f"moment-{moment.uid}"
    form = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert f'box="{box}"' in form
    assert "data-draft-state" in form
    change = {
        "title": "Better words", "way": "mooc", "occurred_on": str(moment.occurred_on),
        "visibility": "private", "draft": box,
    }  # fmt: skip
    refused = browser.post(address, {**change, "title": ""})
    assert (refused.status_code, "kept" in refused.cookies) == (422, False)
    kept = browser.post(address, change, headers={"HX-Request": "true"})
    assert kept.cookies["kept"].value == f"{ana.pk}:{box}"
    gone = browser.post(f"/moments/{moment.uid}/delete/")
    assert gone.cookies["kept"].value == f"{ana.pk}:{box}"


def test_a_wrong_change_is_refused_with_the_words_kept(ana: Person, browser: Client) -> None:
    moment = record(ana, way="mooc", title="First words")
    answer = browser.post(
        f"/moments/{moment.uid}/edit/",
        {"title": "New words", "way": "mooc", "occurred_on": "", "visibility": "private"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 422
    assert "New words" in answer.content.decode()
    assert Moment.objects.get().title == "First words"


def test_deleted_at_once_and_back_within_the_hour(
    cast: SimpleNamespace, browser: Client, run_jobs: Callable[[], int]
) -> None:
    moment = record(
        cast.ana, way="mooc", title="Half a manual", minutes=9, knot="M", shared_with=[cast.bruno]
    )
    before = Moment.objects.values().get()
    page = browser.post(f"/moments/{moment.uid}/delete/", headers={"HX-Request": "true"})
    text = page.content.decode()
    assert not Moment.objects.exists()
    assert "Deleted “Half a manual”. Your rings were redrawn." in text
    payload = text.split('name="payload" value="')[1].split('"')[0]
    for _twice in range(2):
        row = browser.post("/moments/undo/", {"payload": payload}, headers={"HX-Request": "true"})
        assert f'id="m-{moment.uid}"' in row.content.decode()
    same = {k: v for k, v in before.items() if k not in {"cursor", "changed_at", "reacted_at"}}
    assert same.items() <= Moment.objects.values().get().items()
    assert MomentShare.objects.get().person == cast.bruno
    run_jobs()
    assert Moment.objects.get().reacted_at


def test_undo_is_refused_after_an_hour_and_to_others(
    cast: SimpleNamespace, client_of: Callable[[object], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    payload = erase(record(cast.ana, way="mooc", title="Gone"))
    other = client_of(cast.bruno).post("/moments/undo/", {"payload": payload})
    broken = client_of(cast.ana).post("/moments/undo/", {"payload": payload[:-2]})
    now = __import__("time").time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 3700)
    late = client_of(cast.ana).post("/moments/undo/", {"payload": payload})
    assert {other.status_code, broken.status_code, late.status_code} == {422}
    assert "It cannot come back" in late.content.decode()
    assert not Moment.objects.exists()


def test_take_back_after_keeping(ana: Person, browser: Client) -> None:
    moment = record(ana, way="mooc", title="Too soon")
    assert browser.post(f"/moments/{moment.uid}/take-back/").status_code == 302
    assert not Moment.objects.exists()


def test_a_draft_without_a_guess_teaches_nothing(ana: Person, browser: Client) -> None:
    browser.post("/moments/new/", said())
    assert not WordHint.objects.filter(person=ana).exists()


def test_a_sentence_that_nobody_can_see_is_none(ana: Person, browser: Client) -> None:
    answer = browser.post("/moments/new/", said(title="\u200b \u2060"))
    assert answer.status_code == 422
    assert "Write one sentence first" in answer.content.decode()
    moment = record(ana, way="mooc", title="First words")
    sent = {**said(title="\u200b"), "occurred_on": str(ana.today())}
    assert browser.post(f"/moments/{moment.uid}/edit/", sent).status_code == 422
    assert Moment.objects.get().title == "First words"
