"""Coming into a group by each of its doors, and leaving it."""

from datetime import timedelta

import pytest

from sapwood.conversations.models import Audience, Membership
from sapwood.conversations.refusing import Refused
from sapwood.conversations.watching import follow, state_of
from sapwood.core.announcing import hearers
from sapwood.people.models import Person
from sapwood.spaces.founding import put_away
from sapwood.spaces.joining import (
    add,
    ask,
    decline,
    join,
    join_by_link,
    leave,
    let_in,
    remove,
    set_role,
    take_back,
    take_on,
)  # fmt: skip
from sapwood.spaces.models import JoinLink, JoinRequest, Leaving


def members(space):
    return set(space.audience.memberships.values_list("person__name", flat=True))


def link_of(space, now, **more):
    return JoinLink.objects.create(space=space, expires_at=now + timedelta(days=7), **more)


def test_an_open_group_is_joined_and_left(cast, make_space, now):
    space = make_space("open")
    assert join(space, cast.dinis, now=now)
    assert not join(space, cast.dinis, now=now)
    assert members(space) == {"Ana Sá", "Dinis Sá"}
    follow(cast.dinis, space.audience)
    assert leave(space, cast.dinis, now=now)
    assert not leave(space, cast.dinis, now=now)
    assert members(space) == {"Ana Sá"}
    assert state_of(cast.dinis, space.audience) == ""
    assert Leaving.objects.filter(space=space, person=cast.dinis).exists()
    join(space, cast.dinis, now=now)
    assert not Leaving.objects.filter(person=cast.dinis).exists()


@pytest.mark.parametrize("openness", ["request", "closed", "hidden"])
def test_a_door_that_is_not_open_lets_nobody_through(openness, cast, make_space, now):
    space = make_space(openness)
    with pytest.raises(Refused):
        join(space, cast.dinis, now=now)
    assert members(space) == {"Ana Sá"}


@pytest.mark.parametrize("openness", ["open", "closed", "hidden"])
def test_only_a_group_by_request_is_asked(openness, cast, make_space, now):
    with pytest.raises(Refused):
        ask(make_space(openness), cast.dinis, words="Please", now=now)


def test_somebody_asks_and_is_let_in_once(cast, make_space, now):
    space = make_space("request")
    asked = ask(space, cast.dinis, words="I repair valves", now=now)
    assert ask(space, cast.dinis, words="Again", now=now) == asked
    assert let_in(asked, by=cast.ana, now=now)
    assert not let_in(asked, by=cast.ana, now=now)
    assert not decline(asked, by=cast.ana, now=now)
    membership = space.membership_of(cast.dinis)
    assert (membership.origin, membership.role) == ("request", "member")
    with pytest.raises(Refused):
        ask(space, cast.dinis, words="Again", now=now)


def test_somebody_turned_down_may_ask_again(cast, make_space, now):
    space = make_space("request")
    assert decline(ask(space, cast.dinis, words="", now=now), by=cast.ana, now=now)
    assert members(space) == {"Ana Sá"}
    ask(space, cast.dinis, words="Now with a reason", now=now)
    take_back(space, cast.dinis, now=now)
    assert not JoinRequest.objects.waiting().exists()


def test_who_comes_in_otherwise_waits_no_more(cast, make_space, now):
    space = make_space("request")
    ask(space, cast.dinis, words="", now=now)
    add(space, [cast.dinis], now=now)
    assert not JoinRequest.objects.waiting().exists()


def test_a_link_lets_in_until_its_day_and_as_many_as_it_says(cast, make_space, now):
    space = make_space("hidden")
    link = link_of(space, now, most=1)
    assert JoinLink.by_token(link.token) == link
    assert JoinLink.by_token(link.selector + "0" * 48) is None
    assert not join_by_link(link, cast.ana, now=now), "who is in uses nothing up"
    assert join_by_link(link, cast.dinis, now=now)
    with pytest.raises(Refused):
        join_by_link(link, cast.bruno, now=now)
    old = link_of(space, now)
    with pytest.raises(Refused):
        join_by_link(old, cast.bruno, now=now + timedelta(days=8))
    old.ended_at = now
    old.save()
    with pytest.raises(Refused):
        join_by_link(old, cast.bruno, now=now)
    assert members(space) == {"Ana Sá", "Dinis Sá"}


def test_nobody_joins_what_is_put_away(cast, make_space, now):
    space = make_space("open")
    put_away(space, now=now)
    for door in (
        lambda: join(space, cast.dinis, now=now),
        lambda: add(space, [cast.dinis], now=now),
    ):
        with pytest.raises(Refused):
            door()
    with pytest.raises(Refused):
        join_by_link(link_of(space, now), cast.dinis, now=now)


def test_a_circle_is_full_with_twelve(cast, make_space, now):
    space = make_space("closed", kind="circle")
    people = [Person.objects.create_user(f"p{n}@ardal.example", name=f"P{n}") for n in range(12)]
    with pytest.raises(Refused):
        add(space, people, now=now)
    assert members(space) == {"Ana Sá"}, "all or none"
    assert len(add(space, people[:11], now=now)) == 11


def test_the_last_steward_names_another_before_going(cast, make_space, now):
    space = make_space("open", cast.bruno)
    steward, bruno = space.membership_of(cast.ana), space.membership_of(cast.bruno)
    for way in (
        lambda: leave(space, cast.ana, now=now),
        lambda: remove(space, steward, now=now),
        lambda: set_role(space, steward, "member"),
    ):
        with pytest.raises(Refused):
            way()
    set_role(space, bruno, "steward")
    assert leave(space, cast.ana, now=now)


def test_a_steward_who_cannot_sign_in_counts_no_more(cast, make_space, now):
    space = make_space("open", cast.bruno)
    cast.ana.is_active = False
    cast.ana.save()
    assert space.can_name_steward(cast.clara)
    assert not space.can_name_steward(cast.nadia)
    assert not take_on(space, cast.dinis), "only a member"
    assert take_on(space, cast.bruno)
    assert not take_on(space, cast.bruno)
    assert space.can_edit(cast.bruno)
    assert not space.can_name_steward(cast.clara)


def test_who_is_removed_can_neither_read_nor_write_a_closed_group(cast, make_space, now):
    space = make_space("closed", cast.bruno)
    remove(space, space.membership_of(cast.bruno), now=now)
    assert not Audience.objects.readable_by(cast.bruno).exists()
    assert not Audience.objects.writable_by(cast.bruno).exists()


def test_those_above_hear_that_readers_changed(cast, make_space, now, monkeypatch):
    heard = []
    from sapwood.core import announcing

    hearers()
    monkeypatch.setitem(
        announcing._hearers, "readers_changed", {"test": lambda pk: heard.append(pk)}
    )
    space = make_space("open")
    join(space, cast.dinis, now=now)
    join(space, cast.dinis, now=now)
    leave(space, cast.dinis, now=now)
    assert heard == [space.audience_id] * 2


def test_a_team_is_not_left_by_hand(cast, make_space, now):
    space = make_space("closed", cast.bruno, kind="team")
    Membership.objects.filter(person=cast.bruno).update(origin="line")
    with pytest.raises(Refused):
        leave(space, cast.bruno, now=now)
    with pytest.raises(Refused):
        remove(space, space.membership_of(cast.bruno), now=now)
