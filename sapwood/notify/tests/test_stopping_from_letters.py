"""Stopping from a letter: a button without signing in, one click for mail programs, no more."""

import re
from datetime import UTC, datetime

import pytest
from django.core import signing
from django.test import Client

from sapwood.conversations import watching
from sapwood.conversations.models import Audience, Membership
from sapwood.conversations.posting import open_thread
from sapwood.core.ids import uuid7
from sapwood.notify.models import Mute, Notice, Preference
from sapwood.notify.stopping import SALT, stop_path

UNDO = re.compile('name="again" value="([^"]+)"')
NOW = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)


def undo_in(answer):
    found = UNDO.search(" ".join(answer.content.decode().split()))
    return found and found[1]


@pytest.fixture
def stranger():
    """A browser that is not signed in, and insists on tokens for forms."""
    return Client(enforce_csrf_checks=True)


def test_looking_changes_nothing_and_tells_no_titles(cast, say, pebble, stranger):
    say(cast.ana, title="Secret round")
    answer = stranger.get(stop_path(cast.ana.pk, f"pebble:{pebble.pk}"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "this pebble" in page
    assert "Secret" not in page
    assert "Ana" not in page
    assert not Mute.objects.exists()


def test_one_click_stops_it_and_can_be_undone(cast, say, pebble, stranger):
    say(cast.ana, now=NOW)
    path = stop_path(cast.ana.pk, f"pebble:{pebble.pk}")
    done = stranger.post(path, {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    again = stranger.post(path)
    assert again.status_code == 200
    assert not undo_in(again)
    assert Mute.objects.get().person == cast.ana
    assert Notice.objects.get().email_due_at is None
    assert say(cast.ana, key="k2") == 0
    stranger.post(path, {"again": "1"})
    assert say(cast.ana, key="k3") == 0
    stranger.post(path, {"again": undo_in(done)})
    assert say(cast.ana, key="k4") == 1


def test_undoing_leaves_what_was_quiet_before(cast, pebble, stranger):
    Preference.objects.create(person=cast.ana, group="you", channel="email", rhythm="off")
    Preference.objects.create(person=cast.ana, group="fitting", channel="email", rhythm="weekly")
    path = stop_path(cast.ana.pk, "email:all")
    stranger.post(path, {"again": "1"})
    stranger.post(path, {"again": undo_in(stranger.post(path))})
    rows = Preference.objects.order_by("group").values_list("group", "rhythm")
    assert list(rows) == [("fitting", "weekly"), ("you", "off")]


def test_undoing_follows_again_what_was_followed(cast, stranger):
    audience = Audience.objects.create(name="Leaks")
    Membership.objects.create(audience=audience, person=cast.ana)
    thread = open_thread(cast.ana, audience, key=uuid7(), text="Hiss", now=cast.ana.now())
    watching.follow(cast.ana, thread)
    path = stop_path(cast.ana.pk, f"thread:{thread.pk}")
    stranger.post(path, {"again": "1"})
    assert watching.state_of(cast.ana, thread) == "following"
    word = undo_in(stranger.post(path))
    assert watching.state_of(cast.ana, thread) == "muted"
    stranger.post(stop_path(cast.bruno.pk, f"thread:{thread.pk}"), {"again": word})
    assert watching.state_of(cast.ana, thread) == "muted"
    stranger.post(path, {"again": word})
    assert watching.state_of(cast.ana, thread) == "following"


def test_a_channel_can_be_stopped_for_a_group_or_for_all(cast, pebble, stranger):
    stranger.post(stop_path(cast.ana.pk, "email:you"))
    row = Preference.objects.get()
    assert (row.person, row.group, row.channel, row.rhythm) == (cast.ana, "you", "email", "off")
    stranger.post(stop_path(cast.ana.pk, "email:all"))
    assert Preference.objects.filter(channel="email", rhythm="off").count() > 2
    assert not Preference.objects.exclude(channel="email").exists()


@pytest.mark.parametrize("token", ["x", "WyJhIl0:1:2"])
def test_a_made_up_link_leads_nowhere(cast, stranger, token):
    assert stranger.post(f"/notices/stop/{token}/").status_code == 404


def test_signed_for_something_else_leads_nowhere(cast, pebble, stranger):
    other = signing.dumps([cast.ana.pk.hex, "email:all"], salt="something else")
    assert stranger.post(f"/notices/stop/{other}/").status_code == 404
    odd = signing.dumps([cast.ana.pk.hex, "rm:all"], salt=SALT)
    assert stranger.post(f"/notices/stop/{odd}/").status_code == 404
    assert not Preference.objects.exists()


def test_after_the_account_is_closed_it_leads_nowhere(cast, pebble, stranger):
    path = stop_path(cast.ana.pk, "email:all")
    cast.ana.is_active = False
    cast.ana.save()
    assert stranger.get(path).status_code == 404


def test_it_speaks_the_language_of_its_person(cast, pebble, stranger):
    cast.ana.language = "pt"
    cast.ana.save()
    page = stranger.get(stop_path(cast.ana.pk, "kind:found")).content.decode()
    assert '<html lang="pt"' in page
