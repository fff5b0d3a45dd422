"""Two people, or one person twice, at the same moment, over real connections."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from sapwood.conversations.models import Membership
from sapwood.conversations.refusing import Refused
from sapwood.people.models import Person
from sapwood.spaces.joining import enter, leave, set_role
from sapwood.spaces.models import Space

pytestmark = pytest.mark.django_db(transaction=True)
needs_server = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="one writer at a time by itself"
)


def at_once(*doings):
    """Runs each on a thread and a connection of its own; what each gave, or the refusal."""
    together, given = Barrier(len(doings)), [None] * len(doings)

    def run(number, doing):
        together.wait()
        try:
            given[number] = doing()
        except Refused as refused:
            given[number] = refused
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=each) for each in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


@needs_server
def test_one_person_twice_is_in_once(cast, make_space, now):
    space = make_space("open")
    given = at_once(*[lambda: enter(space, cast.dinis, origin="self", now=now)] * 4)
    assert sorted(given) == [False, False, False, True]
    assert space.audience.memberships.count() == 2


@needs_server
def test_the_last_place_of_a_circle_is_given_once(cast, make_space, now):
    space = make_space("closed", kind="circle")
    people = [Person.objects.create_user(f"p{n}@x.example", name=f"P{n}") for n in range(12)]
    for person in people[:10]:
        enter(space, person, origin="hand", now=now)
    last = [lambda p=p: enter(space, p, origin="hand", now=now) for p in people[10:]]
    given = at_once(*last)
    assert sum(isinstance(each, Refused) for each in given) == 1
    assert space.audience.memberships.count() == 12


@needs_server
def test_two_stewards_do_not_both_go(cast, make_space, now):
    space = make_space("open", cast.bruno)
    Membership.objects.update(role="steward")
    given = at_once(*[lambda p=p: leave(space, p, now=now) for p in (cast.ana, cast.bruno)])
    assert sum(isinstance(each, Refused) for each in given) == 1
    assert space.stewards().count() == 1


def test_a_stale_page_does_not_take_the_last_steward(cast, make_space, now):
    space = make_space("open", cast.bruno)
    Membership.objects.update(role="steward")
    stale = Membership.objects.get(person=cast.ana)
    set_role(Space.objects.get(pk=space.pk), Membership.objects.get(person=cast.bruno), "member")
    with pytest.raises(Refused):
        set_role(space, stale, "member")
