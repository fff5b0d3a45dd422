"""Words that were removed, hidden or reworded stand in nobody's inbox or letter; not even before
the jobs ran."""

import pytest
from django.utils.translation import override

from sapwood.conversations import watching
from sapwood.conversations.changing import edit, remove
from sapwood.conversations.models import Audience, Membership
from sapwood.conversations.moderating.deciding import decide, report
from sapwood.conversations.posting import answer, open_thread
from sapwood.core.announcing import announce
from sapwood.core.ids import uuid7
from sapwood.notify.letters.preview import next_letter
from sapwood.notify.models import Notice
from sapwood.people.erasure import erase_person

SECRET = "OOPSPRIVATE"


@pytest.fixture
def group(cast):
    audience = Audience.objects.create(name="Leak Detectives", home="/groups/")
    for person in (cast.ana, cast.bruno, cast.dinis):
        role = "steward" if person == cast.ana else "member"
        Membership.objects.create(audience=audience, person=person, role=role)
    return audience


@pytest.fixture
def post(group):
    def posting(person, text="Look here", **more):
        return open_thread(person, group, key=uuid7(), text=text, now=person.now(), **more)

    return posting


@pytest.fixture
def reply():
    def replying(person, thread, text="Yes."):
        return answer(person, thread, key=uuid7(), text=text, now=person.now())

    return replying


def opening(thread):
    return thread.messages.get(is_opening=True)


def inbox(client):
    return client.get("/inbox/").content.decode()


def subject(person):
    with override("en"):
        letter = next_letter(person, person.now())
    return letter.subject if letter else ""


@pytest.fixture
def telling(cast, post, reply, run_jobs):
    """A post without a title that begins with a secret; Bruno, who wrote there, heard of more."""
    thread = post(cast.ana, f"{SECRET} salary")
    reply(cast.bruno, thread)
    run_jobs()
    reply(cast.dinis, thread)
    run_jobs()
    return thread


@pytest.mark.parametrize("with_jobs", [True, False])
def test_a_removed_beginning_is_no_title(cast, telling, client_of, run_jobs, with_jobs):
    assert SECRET in inbox(client_of(cast.bruno))
    assert SECRET in subject(cast.bruno)
    remove(opening(telling), now=cast.ana.now())
    if with_jobs:
        run_jobs()
        assert not Notice.objects.filter(title__contains=SECRET).exists()
    page = inbox(client_of(cast.bruno))
    assert SECRET not in page
    assert "words that are gone" in page
    assert SECRET not in subject(cast.bruno)


def test_a_reworded_beginning_is_the_title(cast, telling, client_of, run_jobs):
    edit(opening(telling), text="Better so", now=cast.ana.now())
    run_jobs()
    assert not Notice.objects.filter(title__contains=SECRET).exists()
    assert "Better so" in inbox(client_of(cast.bruno))


def test_a_question_asked_otherwise_has_its_new_title(cast, post, reply, run_jobs):
    thread = post(cast.ana, "It hisses.", kind="question", title="Is Dinis wrong here?")
    reply(cast.bruno, thread)
    run_jobs()
    edit(opening(thread), text="It hisses.", title="Is the valve old?", now=cast.ana.now())
    run_jobs()
    assert set(Notice.objects.values_list("title", flat=True)) == {"Is the valve old?"}


@pytest.mark.parametrize("how", ["removed", "hidden"])
def test_an_answer_that_went_is_quoted_nowhere_at_once(cast, post, reply, client_of, run_jobs, how):
    thread = post(cast.bruno)
    said = reply(cast.dinis, thread, f"{SECRET} here")
    run_jobs()
    assert SECRET in inbox(client_of(cast.bruno))
    now = cast.ana.now()
    if how == "removed":
        remove(said, now=now)
    else:
        case = report(said, cast.bruno, why="unkind", words="", now=now)
        decide(case, by=cast.ana, hide=True, reason="No.", now=now)
    assert SECRET not in inbox(client_of(cast.bruno))
    assert subject(cast.bruno) == ""


def test_what_else_happened_stays_without_the_words(cast, telling, reply, client_of, run_jobs):
    said = reply(cast.ana, telling, "REGRETTED")
    run_jobs()
    assert "REGRETTED" in inbox(client_of(cast.bruno))
    remove(said, now=cast.ana.now())
    page = inbox(client_of(cast.bruno))
    assert "REGRETTED" not in page
    assert SECRET in page


def test_nobody_hears_of_somebody_erased_because_they_follow_anything(cast, post, run_jobs):
    other = Audience.objects.create(name="Other")
    Membership.objects.create(audience=other, person=cast.bruno)
    watching.follow(cast.bruno, other)
    post(cast.dinis)
    erase_person(cast.dinis)
    run_jobs()
    assert not Notice.objects.filter(person=cast.bruno, kind="followed").exists()


def test_what_leads_to_a_group_goes_with_the_right_to_see_it(cast, group, say, pebble, run_jobs):
    say(cast.ana, cast.bruno)
    Notice.objects.update(link="/groups/")
    pebble.all.hidden_from.add((cast.bruno.pk, pebble.pk))
    announce("readers_changed", group.pk)
    run_jobs()
    assert [row.person for row in Notice.objects.all()] == [cast.ana]
