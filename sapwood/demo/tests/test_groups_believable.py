"""The sample organisation has groups to look at, and leaves nothing of real people behind."""

import pytest

from sapwood.activities.models import Activity
from sapwood.conversations.models import Message, Thread
from sapwood.conversations.posting import answer
from sapwood.core.ids import uuid7
from sapwood.demo.loading import load_sample, remove_sample
from sapwood.demo.texts import texts
from sapwood.notify.models import Notice
from sapwood.people.models import Person
from sapwood.spaces.models import Kind, Note, Space

pytestmark = pytest.mark.django_db


def test_there_are_communities_circles_and_teams():
    load_sample()
    kinds = list(Space.objects.values_list("kind", flat=True))
    assert kinds.count(Kind.COMMUNITY) == 8
    assert kinds.count(Kind.CIRCLE) == 2
    assert kinds.count(Kind.TEAM) == 4
    assert Space.objects.of_kind(Kind.COMMUNITY).filter(language="pt").exists()
    assert Thread.objects.filter(is_answered=True).count() >= 6
    assert Thread.objects.unanswered().exists()
    assert all(note.versions.count() == note.version for note in Note.objects.all())
    assert Note.objects.filter(version__gte=4).exists()
    assert not any("@" in message.text and not message.named for message in Message.objects.all())
    assert not any(thread.last_at > thread.opened_at.now(thread.opened_at.tzinfo)
                   for thread in Thread.objects.all())  # fmt: skip


def test_everybody_who_speaks_in_a_group_may_write_there_or_read_it():
    load_sample()
    for message in Message.objects.select_related("author", "thread"):
        assert Thread.objects.visible_to(message.author).filter(pk=message.thread_id).exists()


def test_what_a_real_person_said_stays_when_the_sample_goes(cast):
    load_sample()
    thread = Thread.objects.filter(title__startswith="Does anyone still have").get()
    thread.audience.memberships.create(person=cast.ana)
    said = answer(cast.ana, thread, key=uuid7(), text="In my garage.", now=cast.ana.now())
    remove_sample()
    assert not Person.objects.filter(is_sample=True).exists()
    said.refresh_from_db()
    assert said.text == "In my garage."
    assert Thread.objects.get() == thread
    assert Space.objects.get().name == "Leak Detectives"


def test_the_sample_goes_without_a_trace():
    load_sample()
    remove_sample()
    assert not Space.objects.exists()
    assert not Thread.objects.exists()
    assert not Note.objects.exists()


def test_the_people_one_signs_in_as_have_something_to_read():
    load_sample()
    for name in ("maya", "sofia", "joana"):
        person = Person.objects.get(email__startswith=f"{name}@")
        assert 1 <= Notice.objects.unread().filter(person=person).count() <= 12, name
    assert not Notice.objects.filter(person__is_sample=False).exists()


def test_libraries_hold_what_the_data_says():
    load_sample()
    rows = texts("groups")
    wanted = {row["name"]: set(row.get("library", ())) for row in rows["communities"]}
    for name, titles in wanted.items():
        held = Activity.objects.filter(space__name=name)
        assert set(held.values_list("title", flat=True)) == titles
    assert sum(map(len, wanted.values())) > 10
