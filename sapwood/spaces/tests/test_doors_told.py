"""Who is told of requests, answers and being added; once, and nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sapwood.conversations import watching
from sapwood.conversations.refusing import Refused
from sapwood.notify.models import Notice
from sapwood.notify.muting import unmuted
from sapwood.spaces.joining import add, ask, decline, leave, let_in, set_role, take_back
from sapwood.spaces.telling import tell_answered, tell_asked, tell_later


def told():
    return {(row.person.first_name, row.kind) for row in Notice.objects.select_related("person")}


def test_stewards_hear_who_asks_and_who_asked_hears_the_answer(cast, make_space, now, run_jobs):
    space = make_space("request", cast.bruno)
    asked = ask(space, cast.dinis, words="I mend valves", now=now)
    tell_asked(asked)
    tell_asked(asked)
    assert told() == {("Ana", "group_asked")}
    assert Notice.objects.get().count == 1
    let_in(asked, by=cast.ana, now=now)
    asked.refresh_from_db()
    tell_answered(asked)
    assert told() == {("Ana", "group_asked"), ("Dinis", "group_let_in")}
    run_jobs()
    assert told() == {("Dinis", "group_let_in")}


def test_a_refusal_names_nobody(cast, make_space, now):
    asked = ask(make_space("request"), cast.dinis, words="", now=now)
    decline(asked, by=cast.ana, now=now)
    asked.refresh_from_db()
    tell_answered(asked)
    notice = Notice.objects.get()
    assert notice.person == cast.dinis
    assert notice.actor is None


def test_those_who_were_added_are_told_by_a_job_once(cast, make_space, now, run_jobs):
    space = make_space("hidden")
    add(space, [cast.bruno, cast.dinis], now=now)
    tell_later(space, by=cast.ana, now=now)
    tell_later(space, by=cast.ana, now=now)
    leave(space, cast.dinis, now=now)
    run_jobs()
    assert told() == {("Bruno", "group_added")}
    assert Notice.objects.get().count == 1


def test_leaving_tells_nobody(cast, make_space, now, run_jobs):
    space = make_space("open", cast.bruno)
    leave(space, cast.bruno, now=now)
    run_jobs()
    assert not Notice.objects.exists()


def inbox_of(browser):
    return browser.get(reverse("inbox")).content.decode()


def test_the_inbox_says_it_in_words_until_somebody_answers(cast, make_space, now, client_of):
    asked = ask(make_space("request"), cast.dinis, words="I mend valves", now=now)
    tell_asked(asked)
    assert "Dinis would like to join" in inbox_of(client_of(cast.ana))
    let_in(asked, by=cast.ana, now=now)
    asked.refresh_from_db()
    tell_answered(asked)
    assert "would like to join" not in inbox_of(client_of(cast.ana))
    assert "You belong to" in inbox_of(client_of(cast.dinis))


def test_who_asks_no_more_is_in_nobodys_inbox(cast, make_space, now, run_jobs):
    space = make_space("request")
    for person in (cast.dinis, cast.nadia):
        tell_asked(ask(space, person, words="Please", now=now))
    assert Notice.objects.get().count == 2
    take_back(space, cast.nadia, now=now)
    run_jobs()
    notice = Notice.objects.get()
    assert (notice.count, notice.actor) == (1, cast.dinis)
    take_back(space, cast.dinis, now=now)
    run_jobs()
    assert not Notice.objects.exists()


def test_who_looks_after_a_group_no_more_reads_no_requests(cast, make_space, now, client_of):
    space = make_space("request", cast.bruno)
    space.audience.memberships.update(role="steward")
    tell_asked(ask(space, cast.dinis, words="Please", now=now))
    assert "Dinis would like to join" in inbox_of(client_of(cast.bruno))
    set_role(space, space.membership_of(cast.bruno), "member")
    assert "would like to join" not in inbox_of(client_of(cast.bruno))
    assert "Dinis would like to join" in inbox_of(client_of(cast.ana))


def test_nobody_asks_all_day(cast, make_space, now):
    space = make_space("request")
    for _time in range(3):
        ask(space, cast.dinis, words="Please", now=now)
        take_back(space, cast.dinis, now=now)
    with pytest.raises(Refused):
        ask(space, cast.dinis, words="Please", now=now)
    assert ask(make_space("request", name="Others"), cast.dinis, words="", now=now)
    assert ask(space, cast.dinis, words="Please", now=now + timedelta(days=1))


def test_muting_a_group_calls_off_what_waits_of_it(cast, make_space, now):
    space = make_space("request", cast.bruno)
    space.audience.memberships.update(role="steward")
    tell_asked(ask(space, cast.dinis, words="Please", now=now))
    watching.mute(cast.bruno, space.audience)
    [waits] = Notice.objects.filter(person=cast.bruno)
    assert unmuted(cast.bruno, [waits]) == []
    [told] = Notice.objects.filter(person=cast.ana)
    assert unmuted(cast.ana, [told]) == [told]
