"""Who is told of requests, answers and being added; once, and nobody else."""

import pytest
from django.urls import reverse

from sapwood.notify.models import Notice
from sapwood.spaces.joining import add, ask, decline, leave, let_in
from sapwood.spaces.telling import tell_answered, tell_asked, tell_later


def told():
    return {(row.person.first_name, row.kind) for row in Notice.objects.select_related("person")}


def test_stewards_hear_who_asks_and_who_asked_hears_the_answer(cast, make_space, now):
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


@pytest.mark.parametrize("person", ["ana", "dinis"])
def test_the_inbox_says_it_in_words(person, cast, make_space, now, client_of):
    asked = ask(make_space("request"), cast.dinis, words="I mend valves", now=now)
    tell_asked(asked)
    let_in(asked, by=cast.ana, now=now)
    asked.refresh_from_db()
    tell_answered(asked)
    page = client_of(getattr(cast, person)).get(reverse("inbox")).content.decode()
    words = {"ana": "Dinis would like to join", "dinis": "You belong to"}
    assert words[person] in page
