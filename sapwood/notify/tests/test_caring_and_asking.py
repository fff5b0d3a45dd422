"""Reports reach those who decide, decisions their author; questions those who may know."""

from datetime import timedelta

import pytest

from sapwood.conversations.models import Audience, Case, Membership, Message
from sapwood.conversations.moderating.deciding import appeal, decide, report
from sapwood.conversations.posting import answer, open_thread
from sapwood.core.ids import uuid7
from sapwood.notify.asking import ask_who_might_know
from sapwood.notify.models import Notice
from sapwood.people.blocking import block
from sapwood.people.models import Said
from sapwood.people.skills import say


@pytest.fixture
def square(cast):
    audience = Audience.objects.create(name="Leak Detectives", reach="everyone", home="/groups/")
    Membership.objects.create(audience=audience, person=cast.ana)
    Membership.objects.create(audience=audience, person=cast.bruno, role="steward")
    return audience


def asked(person, audience, title="Is a correlator any use on plastic?", days=1):
    now = person.now() - timedelta(days=days)
    return open_thread(
        person, audience, key=uuid7(), kind="question", title=title, text="", now=now
    )


def kinds(person):
    return list(Notice.objects.filter(person=person).values_list("kind", flat=True))


def test_a_report_reaches_only_who_decides(cast, square, run_jobs):
    message = asked(cast.ana, square).messages.get()
    case = report(message, cast.dinis, why="spam", words="Secret", now=cast.ana.now())
    run_jobs()
    assert "review" in kinds(cast.bruno)
    for person in (cast.ana, cast.clara, cast.nadia, cast.dinis):
        assert "review" not in kinds(person)
    notice = Notice.objects.get(kind="review")
    assert "Secret" not in f"{notice.title} {notice.quote}"
    assert notice.actor is None
    decide(case, by=cast.bruno, hide=True, reason="Names a customer", now=cast.ana.now())
    run_jobs()
    told = Notice.objects.get(person=cast.ana, kind="decided")
    assert told.quote == "Names a customer"
    assert told.actor is None
    case.refresh_from_db()
    appeal(case, words="It is a street", now=cast.ana.now())
    run_jobs()
    assert "review" in kinds(cast.clara)
    decide(Case.objects.get(), by=cast.clara, hide=False, reason="A street", now=cast.ana.now())
    run_jobs()
    assert "shown" in kinds(cast.ana)


def test_words_that_were_left_tell_their_author_nothing(cast, square, run_jobs):
    message = asked(cast.ana, square).messages.get()
    case = report(message, cast.dinis, why="spam", words="", now=cast.ana.now())
    decide(case, by=cast.bruno, hide=False, reason="Fine", now=cast.ana.now())
    run_jobs()
    assert kinds(cast.ana) == []


def test_a_waiting_question_reaches_who_may_be_asked(cast, square):
    say(cast.dinis, Said.ASK, ["correlators", "tea"])
    say(cast.clara, Said.ASK, ["spreadsheets"])
    asked(cast.ana, square)
    now = cast.ana.now()
    assert ask_who_might_know(now) == 1
    assert kinds(cast.dinis) == ["might_know"]
    assert ask_who_might_know(now) == 0


def test_nobody_is_asked_too_soon_or_in_vain(cast, square):
    say(cast.dinis, Said.ASK, ["correlators"])
    now = cast.ana.now()
    thread = asked(cast.ana, square, days=0)
    assert ask_who_might_know(now) == 0
    answer(cast.bruno, thread, key=uuid7(), text="No.", now=now)
    assert ask_who_might_know(now + timedelta(hours=5)) == 0


def test_nobody_hears_of_what_they_may_not_read_or_of_who_is_apart(cast, square):
    say(cast.dinis, Said.ASK, ["correlators"])
    closed = Audience.objects.create(name="Closed")
    Membership.objects.create(audience=closed, person=cast.ana)
    asked(cast.ana, closed)
    assert ask_who_might_know(cast.ana.now()) == 0
    asked(cast.ana, square)
    block(cast.dinis, cast.ana)
    assert ask_who_might_know(cast.ana.now()) == 0
    assert Message.objects.exists()


def test_one_question_a_day_for_each(cast, square):
    say(cast.dinis, Said.ASK, ["correlators"])
    asked(cast.ana, square)
    asked(cast.bruno, square, title="Which correlator do you like?")
    assert ask_who_might_know(cast.ana.now()) == 1
