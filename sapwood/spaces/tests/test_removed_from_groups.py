"""Whom a steward took out does not come back by a link, nor by themselves; whoever left may."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sapwood.conversations.refusing import Refused
from sapwood.spaces.joining import add, ask, join, join_by_link, leave, let_in, remove
from sapwood.spaces.models import JoinLink, Leaving


def link_of(space, now):
    return JoinLink.objects.create(space=space, expires_at=now + timedelta(days=7))


@pytest.mark.parametrize("openness", ["request", "closed", "hidden"])
def test_a_link_does_not_let_back_in_whom_a_steward_took_out(openness, cast, make_space, now):
    space = make_space(openness, cast.bruno)
    link = link_of(space, now)
    remove(space, space.membership_of(cast.bruno), now=now)
    with pytest.raises(Refused):
        join_by_link(link, cast.bruno, now=now)
    assert not space.membership_of(cast.bruno)
    link.refresh_from_db()
    assert link.uses == 0


def test_the_page_of_the_link_says_why(cast, make_space, now, client_of):
    space = make_space("hidden", cast.bruno)
    link = link_of(space, now)
    remove(space, space.membership_of(cast.bruno), now=now)
    address = reverse("group_by_link", args=[link.token])
    page = client_of(cast.bruno).post(address, follow=True).content.decode()
    assert "A steward took you out of this group" in page
    assert not space.membership_of(cast.bruno)


def test_who_left_comes_back_by_a_link(cast, make_space, now):
    space = make_space("closed", cast.bruno)
    leave(space, cast.bruno, now=now)
    assert join_by_link(link_of(space, now), cast.bruno, now=now)


def test_a_steward_lets_them_back_in_and_then_it_is_forgotten(cast, make_space, now):
    space = make_space("request", cast.bruno)
    remove(space, space.membership_of(cast.bruno), now=now)
    assert let_in(ask(space, cast.bruno, words="", now=now), by=cast.ana, now=now)
    remove(space, space.membership_of(cast.bruno), now=now)
    assert add(space, [cast.bruno], now=now) == [cast.bruno]
    leave(space, cast.bruno, now=now)
    assert not Leaving.objects.get().was_removed
    assert join_by_link(link_of(space, now), cast.bruno, now=now)


def test_an_open_group_stays_open_to_them(cast, make_space, now):
    space = make_space("open", cast.bruno)
    remove(space, space.membership_of(cast.bruno), now=now)
    assert join(space, cast.bruno, now=now)
