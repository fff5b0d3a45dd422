"""Today: the greeting, one offer, and the answers to it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache

from sapwood.activities.models import Activity
from sapwood.home.greeting import ahead, greeting
from sapwood.home.models import Company, OfferAnswer
from sapwood.journal.models import JournalEntry, Reply
from sapwood.journal.sharing import share
from sapwood.kinds.stretch.tests.sample import SAMPLE
from sapwood.ledger.recording import record
from sapwood.people.models import Person


@pytest.mark.parametrize(
    ("hour", "words"),
    [(4, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening"), (3, "evening")],
)
def test_the_greeting_fits_the_hour(hour: int, words: str):
    now = datetime(2026, 10, 8, hour, tzinfo=ZoneInfo("Europe/Lisbon"))
    assert greeting("Maya", now) == f"Good {words}, Maya"


def test_what_is_ahead_is_one_sentence():
    assert ahead(0, 0).startswith("Nothing is waiting")
    assert (
        ahead(1, 2)
        == "1 thing in your calendar, 2 you have begun, and a quiet page if you want it."
    )


def test_somebody_new_gets_one_offer_with_its_reason(cast, client_of):
    page = client_of(cast.ana).get("/").content.decode()
    assert page.count('id="offer"') == 1
    assert "Why this:" in page
    assert "Your rings are still empty" in page


def test_later_makes_room_and_nobody_is_told(cast, client_of):
    ana = client_of(cast.ana)
    ana.post("/guidance/answers/", {"rule": "R01", "verdict": "later", "next": "/"})
    assert 'id="offer"' not in ana.get("/").content.decode()
    assert OfferAnswer.objects.of(cast.ana).get().verdict == "later"
    assert not OfferAnswer.objects.of(cast.bruno).exists()


def test_not_for_me_can_be_undone_by_whoever_said_it(cast, client_of):
    ana = client_of(cast.ana)
    ana.post("/guidance/answers/", {"rule": "R01", "verdict": "no", "next": "/"})
    said = OfferAnswer.objects.get()
    client_of(cast.bruno).post("/guidance/answers/undo/", {"payload": str(said.pk)})
    assert OfferAnswer.objects.exists()
    ana.post("/guidance/answers/undo/", {"payload": "nonsense"})
    ana.post("/guidance/answers/undo/", {"payload": str(said.pk)})
    assert 'id="offer"' in ana.get("/").content.decode()


def test_trying_something_ends_when_a_moment_of_that_way_is_kept(cast, client_of, run_jobs):
    ana = client_of(cast.ana)
    ana.post(
        "/guidance/answers/",
        {"rule": "R01", "verdict": "accepted", "way": "web_search", "next": "/"},
    )
    moment = record(cast.ana, way="web_search", title="Found it")
    run_jobs()
    assert OfferAnswer.objects.get().followed_on == moment.occurred_on


@pytest.mark.parametrize(
    "fields",
    [{"rule": "R99", "verdict": "later"}, {"rule": "R01", "verdict": "yes"},
     {"rule": "R01", "verdict": "accepted", "way": "nonsense"}, {}],
)  # fmt: skip
def test_answers_that_cannot_be_are_refused(cast, client_of, fields: dict[str, str]):
    assert client_of(cast.ana).post("/guidance/answers/", fields).status_code == 400
    assert not OfferAnswer.objects.exists()


def test_an_answer_leads_only_to_our_own_pages(cast, client_of):
    fields = {"rule": "R01", "verdict": "later", "next": "https://evil.example/"}
    assert client_of(cast.ana).post("/guidance/answers/", fields).url == "/"


def test_the_mirror_shows_no_offer_and_only_its_owner_chose_it(cast, client_of):
    ana = client_of(cast.ana)
    ana.post("/guidance/level/", {"level": "mirror", "next": "/"})
    assert 'id="offer"' not in ana.get("/").content.decode()
    assert Company.objects.get().person == cast.ana
    assert "mirror" not in client_of(cast.bruno).get(f"/people/{cast.ana.pk}/").content.decode()


def test_the_level_is_asked_about_once_after_eight_weeks(cast, client_of):
    ana = client_of(cast.ana)
    assert 'id="company"' not in ana.get("/").content.decode()
    created = cast.ana.created_at - timedelta(weeks=9)
    Person.objects.filter(pk=cast.ana.pk).update(created_at=created)
    cache.clear()  # as the next day would
    assert 'id="company"' in ana.get("/").content.decode()
    ana.post("/guidance/level/", {"level": "nudge", "next": "/"})
    assert 'id="company"' not in ana.get("/").content.decode()


def test_today_reads_and_writes_nothing(cast, client_of, django_assert_max_num_queries):
    ana = client_of(cast.ana)
    ana.get("/")
    with django_assert_max_num_queries(12) as seen:
        ana.get("/")
    writes = ("INSERT", "UPDATE", "DELETE")
    assert not [q for q in seen.captured_queries if q["sql"].startswith(writes)]


def test_what_waits_is_said_once_to_whom_it_concerns(
    cast, client_of, django_assert_max_num_queries
):
    ana, bruno = client_of(cast.ana), client_of(cast.bruno)
    sample = {**SAMPLE, "language": "en", "audience": "everyone", "then": "publish"}
    bruno.post("/activities/new/stretch/", sample)
    offer = Activity.objects.get()
    page = f"/activities/{offer.pk}/"
    ana.post(f"{page}applications/", {"line": "Nights are mine."})
    asked = offer.stretch.applications.get()
    entry = JournalEntry.objects.create(
        person=cast.bruno, text="Quiet.", written_on=cast.bruno.today()
    )
    share(entry, with_people=[cast.ana])
    Reply.objects.create(entry=entry, author=cast.ana, text="Thank you.")
    bruno.get("/")
    with django_assert_max_num_queries(12):
        mornings = bruno.get("/").content.decode()
    assert "1 asks for a place" in mornings
    assert "A reply to your entry" in mornings
    assert "1 asks for a place" in bruno.get("/activities/").content.decode()
    hers = ana.get("/").content.decode()
    assert "A colleague showed you something" in hers
    assert "asks for a place" not in hers
    bruno.post(f"{page}applications/{asked.pk}/", {"answer": "agree"})
    assert "asks for a place" not in bruno.get("/").content.decode()
    assert "You have a place" in ana.get("/").content.decode()
    assert "You have a place" in ana.get("/activities/").content.decode()
    assert 'id="waiting"' not in client_of(cast.dinis).get("/").content.decode()


def test_what_was_begun_and_what_is_coming_stand_apart(cast, client_of):
    def offer(title: str, **fields: object) -> Activity:
        activity = Activity.objects.create(
            kind="resource", title=title, owner=cast.clara, way="job_aid", **fields
        )
        activity.publish(by=cast.clara)
        activity.join(cast.ana)
        return activity

    offer("Half read")
    offer("In a week", starts_at=cast.ana.now() + timedelta(days=7))
    page = client_of(cast.ana).get("/").content.decode()
    assert page.index('id="begun"') < page.index("Half read") < page.index('id="coming"')
    assert page.index('id="coming"') < page.index("In a week")
    assert "1 thing in your calendar, 1 you have begun" in page
