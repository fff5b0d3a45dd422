"""Two stewards set things at once: neither writes back what the other changed."""

from sapwood.conversations.models import Audience
from sapwood.spaces.forms import SpaceForm
from sapwood.spaces.founding import bring_back, put_away
from sapwood.spaces.models import Space
from sapwood.spaces.opening import change_openness

SAID = {"name": "Leak Hunters", "purpose": "We find water", "language": "en", "stage": ""}


def now_is(space):
    fresh = Space.objects.select_related("audience").get(pk=space.pk)
    return fresh.openness, fresh.audience.reach, fresh.audience.writing


def test_settings_that_were_open_before_do_not_reopen_a_group(cast, make_space, now):
    space = make_space("open")
    stale = Space.objects.select_related("audience").get(pk=space.pk)
    change_openness(space, "hidden", by=cast.ana, now=now)
    form = SpaceForm(SAID, instance=stale, today=cast.ana.today())
    assert form.is_valid()
    form.save()
    assert now_is(space) == ("hidden", "members", "members")
    assert Audience.objects.get(pk=space.audience_id).name == "Leak Hunters"
    assert Space.objects.matching("hunters").exists()


def test_putting_away_and_bringing_back_leave_the_openness(cast, make_space, now):
    space = make_space("open")
    stale = Space.objects.select_related("audience").get(pk=space.pk)
    change_openness(space, "hidden", by=cast.ana, now=now)
    put_away(stale, now=now)
    assert now_is(space) == ("hidden", "members", "nobody")
    bring_back(stale, today=cast.ana.today())
    assert now_is(space) == ("hidden", "members", "members")


def test_a_change_of_openness_leaves_a_group_put_away(cast, make_space, now):
    space = make_space("open")
    stale = Space.objects.select_related("audience").get(pk=space.pk)
    Space.objects.filter(pk=space.pk).update(folded="renamed", name="Renamed")
    put_away(space, now=now)
    change_openness(stale, "closed", by=cast.ana, now=now)
    assert now_is(space) == ("closed", "members", "nobody")
    assert Space.objects.matching("renamed").exists()
