"""Pages of groups ask the same few questions at any size."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sapwood.conversations.models import Membership, Message, Thread
from sapwood.people.models import Person
from sapwood.spaces.models import JoinLink, JoinRequest, Ritual, Space

PAGES = (
    "groups", "group", "group_questions", "group_people", "group_settings", "group_members",
    "group_requests", "group_links", "group_rules", "group_rituals", "group_health",
)  # fmt: skip
MOST = 12


def fill(space, cast, count, start=0):
    """`count` more of everything that a page of a group can list."""
    now = timezone.now()
    people = Person.objects.bulk_create(
        Person(email=f"p{start + n}@x.example", name=f"P {start + n}", site=f"S{n}")
        for n in range(count)
    )
    Membership.objects.bulk_create(
        Membership(audience=space.audience, person=person) for person in people
    )
    askers = Person.objects.bulk_create(
        Person(email=f"a{start + n}@x.example", name=f"A {start + n}") for n in range(count)
    )
    JoinRequest.objects.bulk_create(JoinRequest(space=space, person=each) for each in askers)
    for n, person in enumerate(people[:3]):
        thread = Thread.objects.create(
            audience=space.audience, author=person, kind="question", title=f"Q{n}"
        )
        Message.objects.create(thread=thread, author=person, text="Words", is_opening=True)
        Ritual.objects.create(
            space=space, name="Hour", starts_on=now.date(), at="10:00", time_zone="UTC"
        )
        JoinLink.objects.create(space=space, expires_at=now + timedelta(days=3))
        other = Space.objects.create(name=f"Other {start + n}", openness="open")
        Membership.objects.create(audience=other.audience, person=cast.ana)
        Space.objects.create(name=f"Free {start + n}", openness="open")


def asked(browser, name, space):
    where = reverse(name, args=[] if name == "groups" else [space.pk])
    browser.get(where)  # what is looked up once and kept
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(where).status_code == 200
    return len(captured), [query["sql"] for query in captured]


@pytest.mark.parametrize("name", PAGES)
def test_the_number_of_queries_stays(name, cast, make_space, client_of):
    space, browser = make_space("request", cast.bruno), client_of(cast.ana)
    fill(space, cast, 1)
    few, _sql = asked(browser, name, space)
    fill(space, cast, 3, start=10)
    many, sql = asked(browser, name, space)
    assert few == many, "\n".join(sql)
    assert many <= MOST, "\n".join(sql)


@pytest.mark.parametrize("name", ["group", "group_people", "group_members"])
def test_ten_thousand_members_are_no_more_questions(name, cast, make_space, client_of):
    space, browser = make_space("open", cast.bruno), client_of(cast.ana)
    people = Person.objects.bulk_create(
        (Person(email=f"p{n}@x.example", name=f"P {n}", site=f"S{n % 7}") for n in range(10_000)),
        batch_size=1000,
    )
    Membership.objects.bulk_create(
        (Membership(audience=space.audience, person=person) for person in people), batch_size=1000
    )
    many, sql = asked(browser, name, space)
    assert many <= MOST, "\n".join(sql)
