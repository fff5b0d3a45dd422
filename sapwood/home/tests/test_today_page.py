"""Today: the greeting, one offer, and the answers to it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache

from sapwood.activities.models import Activity, Participation
from sapwood.activities.times import add_sessions
from sapwood.core.retention import forget_expired
from sapwood.home.greeting import ahead, greeting
from sapwood.home.models import Company, OfferAnswer
from sapwood.journal.models import JournalEntry, Reply
from sapwood.journal.sharing import share
from sapwood.kinds.stretch.tests.sample import SAMPLE
from sapwood.ledger.models import Moment
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


def test_answers_are_kept_for_a_year(cast, client_of):
    client_of(cast.ana).post("/guidance/answers/", {"rule": "R01", "verdict": "later", "next": "/"})
    now = cast.ana.now()
    forget_expired(now + timedelta(days=364))
    assert OfferAnswer.objects.exists()
    forget_expired(now + timedelta(days=366))
    assert not OfferAnswer.objects.exists()


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


def weeks_ago(person: Person, weeks: int) -> None:
    """A first moment, kept so long ago."""
    moment = record(person, way="web_search", title="Found it")
    Moment.objects.filter(pk=moment.pk).update(
        created_at=moment.created_at - timedelta(weeks=weeks)
    )
    cache.clear()  # as the next day would


def test_the_level_is_asked_about_eight_weeks_after_the_first_moment(cast, client_of):
    ana = client_of(cast.ana)
    long_ago = cast.ana.created_at - timedelta(weeks=90)
    Person.objects.filter(pk=cast.ana.pk).update(created_at=long_ago)  # imported, never came
    assert 'id="company"' not in ana.get("/").content.decode()
    weeks_ago(cast.ana, 7)
    assert 'id="company"' not in ana.get("/").content.decode()
    weeks_ago(cast.ana, 9)
    assert 'id="company"' in ana.get("/").content.decode()
    ana.post("/guidance/level/", {"level": "nudge", "next": "/"})
    assert 'id="company"' not in ana.get("/").content.decode()


def test_the_question_about_the_level_can_be_waved_off(cast, client_of):
    weeks_ago(cast.ana, 9)
    ana = client_of(cast.ana)
    page = ana.get("/").content.decode()
    assert "Not now" in page
    ana.post("/guidance/level/", {"level": "walk", "next": "/"})  # what "Not now" sends
    cache.clear()
    assert 'id="company"' not in ana.get("/").content.decode()
    assert Company.objects.get().level == "walk"


def offered_by_clara(cast, title: str, **fields: object) -> Activity:
    fields = {"way": "learning_by_doing", **fields}
    activity = Activity.objects.create(kind="resource", title=title, owner=cast.clara, **fields)
    activity.publish(by=cast.clara)
    return activity


@pytest.mark.parametrize("how", ["unpublish", "hide", "delete", "join"])
def test_what_may_no_longer_be_seen_is_gone_from_the_suggestion_at_once(cast, client_of, how: str):
    activity = offered_by_clara(cast, "Zyrconia by hand")
    ana = client_of(cast.ana)
    assert "Zyrconia by hand" in ana.get("/").content.decode()
    if how == "unpublish":
        activity.unpublish(by=cast.clara)
    elif how == "hide":
        Activity.objects.filter(pk=activity.pk).update(audience="invited")
    elif how == "delete":
        activity.delete()
    else:
        Participation.objects.create(activity=activity, person=cast.ana, state="left")
    page = ana.get("/").content.decode()
    assert 'id="offer"' in page
    assert "Zyrconia by hand" not in page


def test_the_soonest_thing_of_a_way_is_suggested_also_by_its_sessions(cast, client_of):
    now = cast.ana.now()
    offered_by_clara(cast, "At any time")
    offered_by_clara(cast, "In a month", starts_at=now + timedelta(days=30))
    meets = offered_by_clara(cast, "Meets on Friday")
    add_sessions(meets, first=now - timedelta(days=5), minutes=60, times=2)
    offered_by_clara(cast, "Is over", starts_at=now - timedelta(days=1))
    page = client_of(cast.ana).get("/").content.decode()
    assert "Meets on Friday" in page
    assert not [t for t in ("At any time", "In a month", "Is over") if t in page]


@pytest.mark.parametrize(("days", "text"), [(13, "two or three ways"), (15, "Fifteen minutes")])
def test_what_happens_within_a_fortnight_is_suggested_first(cast, client_of, days: int, text: str):
    """Two rules of one priority hold; the journal takes less time, unless the other has a date."""
    today = cast.ana.today()
    for n in range(13):
        day = today - timedelta(days=31 + 3 * n)
        record(cast.ana, way="web_search", title=f"Found {n}", occurred_on=day)
    soon = cast.ana.now() + timedelta(days=days)
    offered_by_clara(cast, "A walk along the pipes", way="informal_event", starts_at=soon)
    assert text in client_of(cast.ana).get("/").content.decode()


def test_taking_an_answer_back_stays_on_the_page_where_it_was_pressed(cast, client_of):
    ana = client_of(cast.ana)
    page = ana.post(
        "/guidance/answers/", {"rule": "R01", "verdict": "no", "next": "/rings/"}, follow=True
    ).content.decode()
    assert '<input type="hidden" name="next" value="/rings/">' in " ".join(page.split())
    said = OfferAnswer.objects.get()
    undo = {"payload": str(said.pk), "next": "/rings/"}
    assert ana.post("/guidance/answers/undo/", undo).url == "/rings/"
    assert not OfferAnswer.objects.exists()


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
