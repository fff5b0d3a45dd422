"""Team spaces follow the reporting line; circles and cohorts end; groups are founded."""

from datetime import timedelta

import pytest

from sapwood.conversations.models import Audience
from sapwood.conversations.refusing import Refused
from sapwood.people.models import Person
from sapwood.spaces.founding import (
    bring_back,
    cohort_for,
    found,
    put_away_what_is_over,
)  # fmt: skip
from sapwood.spaces.models import Space
from sapwood.spaces.tasks import keep_groups_in_step
from sapwood.spaces.teams import follow_all, leads_a_team, managers_without_one, open_team


def line(space):
    rows = space.audience.memberships.values_list("person__name", "role", "origin")
    return set(rows)


@pytest.fixture
def eva(cast):
    return Person.objects.create_user("eva@ardal.example", name="Eva Sá", manager=cast.bruno)


def test_a_team_is_its_manager_and_direct_reports(cast, eva, now):
    assert leads_a_team(cast.bruno)
    assert list(managers_without_one()) == [cast.bruno]
    space = open_team(cast.bruno, by=cast.clara, now=now)
    assert open_team(cast.bruno, by=cast.bruno, now=now) == space
    assert line(space) == {
        ("Bruno Sá", "steward", "line"), ("Ana Sá", "member", "line"), ("Eva Sá", "member", "line"),
    }  # fmt: skip
    assert list(managers_without_one()) == []
    assert not space.membership_of(cast.clara), "who opens it for a manager is not in it"


def test_a_team_follows_those_who_come_and_go(cast, eva, now):
    space = open_team(cast.bruno, by=cast.bruno, now=now)
    cast.ana.manager = None
    cast.ana.save()
    cast.dinis.manager = cast.bruno
    cast.dinis.save()
    follow_all(now)
    follow_all(now)
    assert {name for name, _role, _origin in line(space)} == {"Bruno Sá", "Eva Sá", "Dinis Sá"}
    assert not Audience.objects.readable_by(cast.ana).exists()


def test_a_team_without_a_line_is_put_away_as_it_was(cast, eva, now):
    space = open_team(cast.bruno, by=cast.bruno, now=now)
    Person.objects.filter(manager=cast.bruno).update(manager=None)
    follow_all(now)
    space.refresh_from_db()
    assert space.is_archived
    assert len(line(space)) == 3
    Person.objects.filter(pk=eva.pk).update(manager=cast.bruno)
    assert not open_team(cast.bruno, by=cast.bruno, now=now).is_archived


def test_one_report_is_no_team(cast):
    assert not leads_a_team(cast.bruno)
    assert not leads_a_team(cast.ana)


def test_an_erased_manager_leaves_no_name_behind(cast, eva, now):
    from sapwood.people.erasure import erase_person

    space = open_team(cast.bruno, by=cast.bruno, now=now)
    erase_person(cast.bruno)
    space.refresh_from_db()
    assert "Bruno" not in space.name + space.folded + space.audience.name
    assert space.is_archived


def test_who_founds_a_group_is_its_steward(cast, now):
    space = found(
        Space(name="Night readers", kind="circle", openness="closed"), by=cast.dinis, now=now
    )
    assert space.can_edit(cast.dinis)
    for n in range(4):
        found(Space(name=f"More {n}"), by=cast.dinis, now=now)
    with pytest.raises(Refused):
        found(Space(name="Too many"), by=cast.dinis, now=now)
    found(Space(name="Tomorrow"), by=cast.dinis, now=now + timedelta(days=2))


def test_a_circle_that_is_over_can_be_read_and_not_written(cast, make_space, now, run_jobs):
    space = make_space("closed", cast.bruno, kind="circle", ends_on=now.date() - timedelta(days=2))
    keep_groups_in_step.enqueue()
    run_jobs()
    space.refresh_from_db()
    assert space.is_archived
    assert Audience.objects.readable_by(cast.bruno).exists()
    assert not Audience.objects.writable_by(cast.bruno).exists()
    assert put_away_what_is_over(now) == 0
    bring_back(space, today=now.date())
    assert Audience.objects.writable_by(cast.bruno).exists()
    assert put_away_what_is_over(now) == 0


def test_a_circle_stands_through_its_last_day(make_space, now):
    make_space("closed", kind="circle", ends_on=now.date() + timedelta(days=1))
    assert put_away_what_is_over(now) == 0


def test_a_cohort_is_closed_and_has_stewards(cast, now):
    space = cohort_for("Listening", [cast.ana, cast.bruno], stewards=[cast.clara], now=now)
    assert (space.kind, space.openness) == ("cohort", "closed")
    assert space.can_edit(cast.clara)
    assert space.audience.memberships.count() == 3
