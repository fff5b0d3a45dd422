"""Who knows that a group exists, and who reads it."""

import pytest

from sapwood.conversations.models import Audience
from sapwood.spaces.models import Space

CAST = ("ana", "bruno", "clara", "dinis", "nadia")


def who(cast, question):
    return {name for name in CAST if question(getattr(cast, name))}


@pytest.mark.parametrize(
    ("openness", "sees", "reads", "writes"),
    [
        ("open", set(CAST), set(CAST), {"ana", "bruno"}),
        ("request", set(CAST), {"ana", "bruno"}, {"ana", "bruno"}),
        ("closed", set(CAST), {"ana", "bruno"}, {"ana", "bruno"}),
        ("hidden", {"ana", "bruno"}, {"ana", "bruno"}, {"ana", "bruno"}),
    ],
)
def test_openness_decides_who_sees_reads_and_writes(
    openness, sees, reads, writes, cast, make_space
):
    space = make_space(openness, cast.bruno)
    spaces, audiences = Space.objects.filter(pk=space.pk), Audience.objects
    assert who(cast, lambda p: spaces.visible_to(p).exists()) == sees
    assert who(cast, lambda p: spaces.readable_by(p).exists()) == reads
    assert who(cast, lambda p: audiences.writable_by(p).exists()) == writes
    assert who(cast, space.can_edit) == {"ana"}


def test_what_is_put_away_is_written_by_nobody_and_read_as_before(cast, make_space, now):
    opened, closed = make_space("open", cast.bruno), make_space("closed", cast.bruno)
    for space in (opened, closed):
        space.archived_at = now
        space.save()
    assert who(cast, lambda p: Audience.objects.writable_by(p).exists()) == set()
    assert who(cast, lambda p: Space.objects.readable_by(p).filter(pk=closed.pk).exists()) == {
        "ana", "bruno",
    }  # fmt: skip
    assert who(cast, lambda p: Space.objects.visible_to(p).filter(pk=closed.pk).exists()) == {
        "ana", "bruno",
    }  # fmt: skip
    assert Space.objects.visible_to(cast.dinis).filter(pk=opened.pk).exists()


def test_somebody_whose_account_is_closed_sees_nothing(cast, make_space):
    make_space("open", cast.bruno)
    cast.bruno.is_active = False
    cast.bruno.save()
    assert not Space.objects.visible_to(cast.bruno).exists()
    assert not Space.objects.readable_by(cast.bruno).exists()


def test_a_group_counts_who_can_sign_in(cast, make_space):
    make_space("open", cast.bruno, cast.dinis)
    cast.dinis.is_active = False
    cast.dinis.save()
    assert Space.objects.with_counts().get().people == 2
