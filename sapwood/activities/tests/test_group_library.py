"""The library of a group: who puts in, who takes out, and that nothing is shown to more people."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sapwood.activities.library import Taken, put_in, shelf, take_out, undo
from sapwood.conversations.models import Membership
from sapwood.people.models import Person

pytestmark = pytest.mark.django_db
MOST = 12


def titles(space, person):
    return {thing.title for thing in shelf(space, person)}


def test_one_puts_in_ones_own_and_more_if_one_looks_after_it(cast, group, thing):
    space, other = group(), group("closed", "Night crew")
    his, hers = thing(title="His"), thing(title="Hers", owner=cast.dinis)
    with pytest.raises(PermissionDenied):
        put_in(space, hers.pk, by=cast.bruno)
    with pytest.raises(PermissionDenied):
        put_in(space, his.pk, by=cast.clara)
    for _twice in range(2):
        put_in(space, his.pk, by=cast.bruno)
    put_in(space, hers.pk, by=cast.ana)
    assert titles(space, cast.ana) == {"His", "Hers"}
    with pytest.raises(Taken):
        put_in(other, his.pk, by=cast.bruno)


def test_what_only_some_see_is_not_put_in_by_others(cast, group, thing):
    space, invited = group(), thing(audience="invited", owner=cast.dinis)
    invited.invite(cast.ana)
    for key in (invited.pk, uuid4()):
        with pytest.raises(PermissionDenied):
            put_in(space, key, by=cast.ana)


def test_each_reader_finds_what_they_may_see(cast, group, thing):
    space = group("open")
    thing(title="All", space=space)
    thing(title="Network", space=space, audience="unit", unit=cast.network)
    thing(title="Draft", space=space, state="draft")
    thing(title="Away", space=space, state="archived")
    assert titles(space, cast.ana) == {"All", "Network"}
    assert titles(space, cast.dinis) == {"All"}


def test_taking_out_never_shows_it_to_more_and_can_be_taken_back(cast, group, thing):
    space = group()
    Membership.objects.create(audience=space.audience, person=cast.dinis)
    activity = thing(space=space, audience="group")
    with pytest.raises(PermissionDenied):
        take_out(space, activity.pk, by=cast.dinis)
    payload = take_out(space, activity.pk, by=cast.ana)
    activity.refresh_from_db()
    assert (activity.space, activity.audience) == (None, "invited")
    with pytest.raises(BadSignature):
        undo(space, payload, by=cast.bruno)
    undo(space, payload, by=cast.ana)
    activity.refresh_from_db()
    assert (activity.space, activity.audience) == (space, "group")
    take_out(space, activity.pk, by=cast.bruno)
    activity.refresh_from_db()
    activity.audience = "everyone"
    activity.save()
    with pytest.raises(Taken):
        undo(space, payload, by=cast.ana)


def test_a_group_that_was_put_away_takes_nothing_more(cast, group, thing):
    space, activity = group(), thing()
    space.archived_at = cast.ana.now()
    space.save()
    with pytest.raises(PermissionDenied):
        put_in(space, activity.pk, by=cast.bruno)


def test_through_the_pages(cast, group, thing, client_of):
    space, activity = group(), thing()
    bruno, library = client_of(cast.bruno), reverse("group_library", args=[space.pk])
    add, away = (reverse(f"group_library_{name}", args=[space.pk]) for name in ("add", "remove"))
    assert "Nothing stands here yet" in bruno.get(library).content.decode()
    assert activity.title in bruno.get(add).content.decode()
    assert activity.title in bruno.get(add, {"q": "sounds"}).content.decode()
    assert activity.title not in bruno.get(add, {"q": "xylophone"}).content.decode()
    answer = bruno.post(add, {"activity": str(activity.pk)}, follow=True)
    assert activity.title in answer.content.decode()
    assert "Who can see it stays as it was." in answer.content.decode()
    answer = bruno.post(away, {"activity": str(activity.pk)}, follow=True)
    assert "Nothing stands here yet" in answer.content.decode()
    assert "The thing itself stays." in answer.content.decode()
    assert bruno.post(add, {"activity": "x"}).status_code == 404
    for person in (cast.dinis, cast.clara):
        for address in (library, add):
            assert client_of(person).get(address).status_code == 404


def test_open_libraries_are_read_by_everyone_and_filled_by_members(cast, group, client_of):
    space, dinis = group("open"), client_of(cast.dinis)
    assert dinis.get(reverse("group_library", args=[space.pk])).status_code == 200
    assert dinis.get(reverse("group_library_add", args=[space.pk])).status_code == 403


@pytest.mark.parametrize("name", ["group_library", "group_library_add", "group_gatherings"])
def test_the_number_of_queries_stays(name, cast, group, thing, client_of):
    space, browser = group(), client_of(cast.ana)
    where = reverse(name, args=[space.pk])
    held = None if name == "group_library_add" else space

    def asked(many):
        for n in range(many):
            owner = Person.objects.create_user(f"{uuid4().hex}@x.example", name=f"P {n}")
            thing(title=f"Thing {n}", owner=owner, space=held)
        browser.get(where)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(where).status_code == 200
        return len(captured), "\n".join(query["sql"] for query in captured)

    few, _sql = asked(1)
    many, sql = asked(3)
    assert few == many, sql
    assert many <= MOST, sql
