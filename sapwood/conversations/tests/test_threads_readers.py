"""Who may read and write: members, everyone, a unit; blocked people; hidden words."""

import pytest

from sapwood.conversations.models import Audience, Message, Reach, Thread, Writing
from sapwood.conversations.refusing import Refused
from sapwood.people.blocking import block


def test_a_closed_group_is_read_by_its_members_only(cast, group, post):
    thread = post(cast.ana, group)
    for person, reads in (
        (cast.ana, True), (cast.bruno, True), (cast.clara, False), (cast.dinis, False),
        (cast.nadia, False),
    ):  # fmt: skip
        assert Thread.objects.visible_to(person).filter(pk=thread.pk).exists() is reads, person
        assert Message.objects.visible_to(person).exists() is reads
        assert Audience.objects.readable_by(person).filter(pk=group.pk).exists() is reads


def test_an_open_group_is_read_by_all_and_written_by_members(cast, square, post, say):
    thread = post(cast.ana, square)
    assert Thread.objects.visible_to(cast.dinis).get() == thread
    with pytest.raises(Refused):
        say(cast.dinis, thread)
    assert not Audience.objects.writable_by(cast.dinis).exists()


def test_a_unit_reads_what_is_meant_for_it(cast, post):
    audience = Audience.objects.create(
        name="Network", reach=Reach.UNIT, unit=cast.network, writing=Writing.READERS
    )
    thread = post(cast.ana, audience)
    assert Thread.objects.visible_to(cast.bruno).get() == thread
    assert not Thread.objects.visible_to(cast.dinis).exists()
    assert set(audience.readers()) == {cast.ana, cast.bruno}


def test_whoever_left_reads_nothing(cast, group, post):
    post(cast.ana, group)
    cast.ana.is_active = False
    cast.ana.save()
    assert not Thread.objects.visible_to(cast.ana).exists()
    assert not Message.objects.visible_to(cast.ana).exists()


def test_blocked_people_do_not_see_each_others_words(cast, group, post, say):
    thread = post(cast.ana, group)
    said = say(cast.bruno, thread)
    block(cast.bruno, cast.ana)
    assert not Thread.objects.visible_to(cast.bruno).exists()
    assert not Message.objects.visible_to(cast.bruno).filter(author=cast.ana).exists()
    assert not Message.objects.visible_to(cast.ana).filter(pk=said.pk).exists()
    assert Thread.objects.visible_to(cast.ana).get() == thread


def test_hidden_words_are_seen_by_their_author_and_those_who_look_after(cast, square, post):
    thread = post(cast.ana, square)
    thread.messages.update(hidden_at=cast.ana.now())
    Thread.objects.update(hidden_at=cast.ana.now())
    assert Thread.objects.visible_to(cast.ana).exists()
    assert not Thread.objects.visible_to(cast.dinis).exists()
    assert not Message.objects.visible_to(cast.dinis).exists()
