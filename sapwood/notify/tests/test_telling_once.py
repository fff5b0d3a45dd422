"""Nothing is told twice, nothing to those who may not see it, and a thread is one row."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from sapwood.notify.models import Mute, Notice, Preference, Telling
from sapwood.people.blocking import block

NOW = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)  # a Wednesday, at 11:00 in Lisbon


def rows_of(person):
    return list(Notice.objects.visible_to(person))


def test_one_event_makes_one_row_however_often_it_is_told(cast, say):
    assert say(cast.ana, cast.bruno) == 2
    assert say(cast.ana, cast.bruno) == 0
    assert Notice.objects.count() == Telling.objects.count() == 2
    assert rows_of(cast.ana)[0].count == 1


def test_a_second_event_makes_the_unread_row_grow(cast, say):
    say(cast.ana, key="k1", actor=cast.bruno, quote="first", at=NOW, now=NOW)
    later = NOW + timedelta(minutes=5)
    say(cast.ana, key="k2", actor=cast.dinis, quote="second", at=later, now=later)
    say(cast.ana, key="k3", actor=cast.bruno, quote="third", at=later, now=later)
    [row] = rows_of(cast.ana)
    assert (row.count, row.actors_count, row.quote) == (3, 2, "third")
    assert (row.actor, row.actor_before) == (cast.bruno, cast.dinis)
    assert (row.at, row.shows_at, row.unsent) == (later, later, 3)
    assert Telling.objects.filter(notice=row).count() == 3


def test_a_row_that_was_read_stays_and_another_begins(cast, say):
    say(cast.ana, key="k1")
    Notice.objects.visible_to(cast.ana).read(NOW)
    say(cast.ana, key="k1")
    assert len(rows_of(cast.ana)) == 1
    say(cast.ana, key="k2")
    assert sorted(row.count for row in rows_of(cast.ana)) == [1, 1]


def test_the_heavier_kind_gives_the_words(cast, say):
    say(cast.ana, key="k1", kind="named", quote="you", actor=cast.bruno)
    say(cast.ana, key="k2", kind="found", quote="it", actor=cast.dinis)
    [row] = rows_of(cast.ana)
    assert (row.kind, row.quote, row.actor, row.count) == ("named", "you", cast.bruno, 2)
    say(cast.bruno, key="k1", kind="found", quote="it", actor=cast.dinis)
    say(cast.bruno, key="k2", kind="named", quote="you", actor=cast.clara)
    [row] = rows_of(cast.bruno)
    assert (row.kind, row.quote, row.actor) == ("named", "you", cast.clara)


def test_the_author_hears_nothing_of_it(cast, say):
    assert say(cast.ana, cast.bruno, actor=cast.ana) == 1
    assert rows_of(cast.ana) == []


@pytest.mark.parametrize("way_round", [False, True])
def test_who_is_kept_apart_hears_nothing(cast, say, way_round):
    one, other = (cast.ana, cast.dinis) if way_round else (cast.dinis, cast.ana)
    block(one, other)
    assert say(cast.dinis, cast.bruno, actor=cast.ana) == 1
    assert rows_of(cast.dinis) == []


def test_who_may_not_see_it_is_not_told(cast, say, pebble):
    pebble.all.hidden_from.add((cast.dinis.pk, pebble.pk))
    assert say(cast.ana, cast.dinis) == 1
    assert rows_of(cast.dinis) == []


def test_a_type_that_nobody_declared_is_seen_by_nobody(cast, say):
    assert say(cast.ana, about=("unheard_of", uuid4())) == 0


def test_who_left_is_not_told(cast, say):
    cast.dinis.is_active = False
    cast.dinis.save()
    assert say(cast.dinis) == 0


@pytest.mark.parametrize("what", ["pebble:{pk}", "kind:found", "audience:here"])
def test_what_is_muted_stays_quiet(cast, say, pebble, what):
    Mute.objects.create(person=cast.ana, what=what.format(pk=pebble.pk))
    assert say(cast.ana, cast.bruno, place="audience:here") == 1
    assert rows_of(cast.ana) == []


def test_off_everywhere_is_no_row(cast, say):
    for channel in ("inbox", "email", "push"):
        Preference.objects.create(person=cast.ana, group="you", channel=channel, rhythm="off")
    assert say(cast.ana) == 0


def test_off_here_but_not_by_email_is_a_row_that_never_shows(cast, say):
    Preference.objects.create(person=cast.ana, group="you", channel="inbox", rhythm="off")
    say(cast.ana, now=NOW)
    [row] = rows_of(cast.ana)
    assert row.shows_at is None
    assert row.email_due_at == datetime(2026, 10, 15, 6, 30, tzinfo=UTC)
    assert not Notice.objects.showing(NOW + timedelta(days=30)).exists()


def test_the_quiet_defaults(cast, say):
    say(cast.ana, now=NOW)
    say(cast.ana, kind="fits", key="f", now=NOW)
    say(cast.ana, kind="urgent", key="u", now=NOW)
    rows = {row.kind: row for row in rows_of(cast.ana)}
    tomorrow = datetime(2026, 10, 15, 6, 30, tzinfo=UTC)
    times = {k: (row.shows_at, row.email_due_at, row.push_due_at) for k, row in rows.items()}
    assert times == {
        "found": (NOW, tomorrow, None),
        "fits": (tomorrow, None, None),
        "urgent": (NOW, NOW, NOW),
    }


def test_the_sooner_time_stays_when_a_row_grows(cast, say):
    say(cast.ana, key="k1", now=NOW)
    due = rows_of(cast.ana)[0].email_due_at
    say(cast.ana, key="k2", now=NOW + timedelta(days=3))
    assert rows_of(cast.ana)[0].email_due_at == due


def test_a_snoozed_row_stays_away_when_it_grows(cast, say):
    say(cast.ana, key="k1", now=NOW)
    monday = datetime(2026, 10, 19, 6, 0, tzinfo=UTC)
    rows_of(cast.ana)[0].snooze(monday)
    say(cast.ana, key="k2", now=NOW + timedelta(hours=1))
    [row] = rows_of(cast.ana)
    assert (row.shows_at, row.count) == (monday, 2)
    assert row.email_due_at >= monday


def test_reading_calls_off_what_would_have_left(cast, say):
    say(cast.ana, kind="urgent", now=NOW)
    assert Notice.objects.due_by_email(NOW).count() == 1
    assert Notice.objects.visible_to(cast.ana).read(NOW) == 1
    assert not Notice.objects.due_by_email(NOW).exists()
    assert not Notice.objects.due_by_push(NOW).exists()


def test_the_database_itself_refuses_a_second_unread_row(cast, say):
    say(cast.ana)
    [row] = rows_of(cast.ana)
    row.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_long_words_are_cut(cast, say):
    say(cast.ana, title="t" * 1000, quote="q\n " * 1000)
    [row] = rows_of(cast.ana)
    assert (len(row.title), row.title[-1]) == (300, "…")
    assert len(row.quote) <= 200
    assert "\n" not in row.quote


def test_sixty_days_later_it_is_gone(cast, say):
    from sapwood.core.retention import forget_expired

    say(cast.ana, at=NOW, now=NOW)
    forget_expired(NOW + timedelta(days=59))
    assert Notice.objects.exists()
    forget_expired(NOW + timedelta(days=60, hours=1))
    assert not Notice.objects.exists()
    assert not Telling.objects.exists()


def test_a_batch_costs_the_same_for_one_and_for_many(cast, say, django_assert_max_num_queries):
    say(cast.ana, actor=cast.bruno)
    with django_assert_max_num_queries(20):
        say(cast.ana, cast.clara, cast.dinis, cast.nadia, actor=cast.bruno, key="k2")
