"""Who blocked somebody is not brought into a group by them, and neither meets the other there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sapwood.conversations.posting import open_thread
from sapwood.core.ids import uuid7
from sapwood.people.blocking import block
from sapwood.spaces.joining import ask, join_by_link
from sapwood.spaces.listing import look_up
from sapwood.spaces.models import JoinLink, Rule, Space
from sapwood.spaces.ruling import keep_rules, preview

WAYS = pytest.mark.parametrize(("blocker", "blocked"), [("ana", "dinis"), ("dinis", "ana")])


@WAYS
def test_an_address_brings_in_nobody_who_is_apart(
    blocker, blocked, cast, make_space, client_of, run_jobs
):
    space = make_space("hidden")
    block(getattr(cast, blocker), getattr(cast, blocked))
    listed = look_up(space, f"{cast.dinis.email} {cast.bruno.email}", by=cast.ana)
    assert listed.found == [cast.bruno]
    assert listed.unknown == [cast.dinis.email], "like an address of nobody: a block is not told"
    address = reverse("group_file", args=[space.pk])
    words = f"{cast.dinis.email} {cast.bruno.email}"
    client_of(cast.ana).post(address, {"words": words, "as": "add"})
    run_jobs()
    assert space.membership_of(cast.bruno)
    assert not space.membership_of(cast.dinis)


@WAYS
def test_a_rule_brings_in_nobody_who_is_apart_from_a_steward(
    blocker, blocked, cast, make_space, now
):
    space = make_space("closed")
    block(getattr(cast, blocker), getattr(cast, blocked))
    rules = [Rule(language="en")]
    assert "Dinis Sá" not in [each.person.name for each in preview(space, rules).joins]
    keep_rules(space, rules, now=now)
    assert space.membership_of(cast.bruno)
    assert not space.membership_of(cast.dinis)


def test_who_blocked_a_steward_may_come_in_by_themselves(cast, make_space, now):
    space = make_space("closed")
    block(cast.dinis, cast.ana)
    link = JoinLink.objects.create(space=space, expires_at=now + timedelta(days=1))
    assert join_by_link(link, cast.dinis, now=now)


@WAYS
def test_a_steward_does_not_read_the_request_of_somebody_apart(
    blocker, blocked, cast, make_space, client_of, now
):
    space = make_space("request", cast.bruno)
    space.audience.memberships.filter(person=cast.bruno).update(role="steward")
    asked = ask(space, cast.dinis, words="I mend valves", now=now)
    block(getattr(cast, blocker), getattr(cast, blocked))
    page = reverse("group_requests", args=[space.pk])
    theirs = client_of(cast.ana).get(page).content.decode()
    assert "I mend valves" not in theirs
    assert "Dinis" not in theirs
    assert "I mend valves" in client_of(cast.bruno).get(page).content.decode()
    answer = reverse("group_request", args=[space.pk, asked.pk])
    assert client_of(cast.ana).post(answer, {"yes": "1"}).status_code == 404
    assert not space.membership_of(cast.dinis)
    client_of(cast.bruno).post(answer, {"yes": "1"})
    assert space.membership_of(cast.dinis)


def test_the_head_and_the_counts_leave_out_who_is_apart(cast, make_space, client_of, now):
    space = make_space("closed", cast.clara, cast.dinis)
    space.audience.memberships.filter(person=cast.dinis).update(role="facilitator")
    open_thread(
        cast.dinis, space.audience, key=uuid7(), text="Who knows?", now=now,
        kind="question", title="Why does it hiss?",
    )  # fmt: skip
    seen = Space.objects.for_page(cast.clara)
    assert seen.get(pk=space.pk).unanswered == 1
    block(cast.clara, cast.dinis)
    page = client_of(cast.clara).get(space.get_absolute_url()).content.decode()
    assert "Dinis" not in page
    assert seen.get(pk=space.pk).unanswered == 0
    assert "Dinis" in client_of(cast.ana).get(space.get_absolute_url()).content.decode()


def test_a_group_whose_only_steward_is_apart_is_still_looked_after(cast, make_space, client_of):
    space = make_space("closed", cast.dinis)
    block(cast.ana, cast.dinis)
    page = client_of(cast.dinis).get(space.get_absolute_url()).content.decode()
    assert "Ana" not in page
    assert "Nobody looks after this place" not in page


def test_who_facilitates_finds_the_words_to_look_at(cast, make_space, client_of):
    space = make_space("closed", cast.bruno, cast.dinis)
    space.audience.memberships.filter(person=cast.bruno).update(role="facilitator")
    link = f'href="{reverse("review")}"'
    assert link in client_of(cast.bruno).get(space.get_absolute_url()).content.decode()
    assert link not in client_of(cast.dinis).get(space.get_absolute_url()).content.decode()
