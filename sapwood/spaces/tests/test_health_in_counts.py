"""How a group is doing: counts, waits in words, and people only from k on."""

from datetime import timedelta

import pytest

from sapwood.conversations.models import Membership, Message, Thread
from sapwood.people.models import Person
from sapwood.spaces.health import at_least, figures, in_words
from sapwood.spaces.models import Leaving


def value(space, words, now):
    return {each.words: each.value for each in figures(space, now)}.get(words)


def ask(space, author, at, answered_after=None):
    thread = Thread.objects.create(
        audience=space.audience, author=author, kind="question", title="Where?", opened_at=at
    )
    Message.objects.create(thread=thread, author=author, text="x", at=at, is_opening=True)
    if answered_after:
        Message.objects.create(thread=thread, author=author, text="y", at=at + answered_after)


def test_questions_are_counted_with_half_of_their_waits(cast, make_space, now):
    space, at = make_space("open"), now - timedelta(days=3)
    for wait in (timedelta(minutes=20), timedelta(hours=3), timedelta(days=2), None):
        ask(space, cast.ana, at, wait)
    ask(space, cast.ana, now - timedelta(days=90), timedelta(hours=1))
    assert value(space, "Questions that were answered", now) == "3 of 4"
    assert value(space, "Half had an answer within", now) == "3 hours"
    assert value(space, "Posts and questions", now) == "4"
    assert value(space, "Answers", now) == "3"
    assert value(space, "People who wrote", now) == "fewer than 5"


def test_what_was_removed_does_not_count(cast, make_space, now):
    space = make_space("open")
    ask(space, cast.ana, now - timedelta(days=1), timedelta(hours=1))
    Message.objects.filter(is_opening=False).update(text="", removed_at=now)
    assert value(space, "Answers", now) == "0"
    assert value(space, "Questions that were answered", now) == "0 of 1"
    assert value(space, "Half had an answer within", now) is None


def test_people_are_counted_from_k_on(cast, make_space, now):
    space = make_space("open")
    people = [Person.objects.create_user(f"p{n}@x.example", name=f"P{n}") for n in range(5)]
    for person in people:
        Membership.objects.create(audience=space.audience, person=person)
        thread = Thread.objects.create(audience=space.audience, author=person)
        Message.objects.create(thread=thread, author=person, text="x", is_opening=True)
        Leaving.objects.create(space=space, person=person)
    assert value(space, "People who wrote", now + timedelta(minutes=1)) == "5"
    assert value(space, "People who left", now + timedelta(minutes=1)) == "5"
    cast.organisation.minimum_group = 8
    cast.organisation.save()
    assert value(space, "People who wrote", now + timedelta(minutes=1)) == "fewer than 8"


def test_nobody_is_nobody():
    assert (at_least(0, 5), at_least(4, 5), at_least(5, 5)) == ("0", "fewer than 5", "5")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(20, "1 minute"), (1200, "20 minutes"), (3 * 3600, "3 hours"), (3 * 86400, "3 days")],
)
def test_waits_in_words(seconds, words):
    assert in_words(seconds) == words
