"""When something reaches a person: hours, days, pauses, and the two odd days of each year."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sapwood.notify.rhythm import Week, week_from

LISBON, SAO_PAULO = "Europe/Lisbon", "America/Sao_Paulo"
WORKDAYS = frozenset(range(5))


def at(zone, *when):
    return datetime(*when, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local(zone, moment):
    return moment.astimezone(ZoneInfo(zone)).strftime("%a %d %b %H:%M")


def test_at_once_within_hours_is_now():
    now = at(LISBON, 2026, 10, 14, 10, 0)
    assert Week(LISBON, WORKDAYS).due("at_once", now) == now


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ((2026, 10, 14, 5, 0), "Wed 14 Oct 07:00"),
        ((2026, 10, 14, 19, 0), "Thu 15 Oct 07:00"),
        ((2026, 10, 16, 22, 0), "Mon 19 Oct 07:00"),
        ((2026, 10, 17, 12, 0), "Mon 19 Oct 07:00"),
    ],
)
def test_at_once_waits_for_working_hours(now, due):
    assert local(LISBON, Week(LISBON, WORKDAYS).due("at_once", at(LISBON, *now))) == due


def test_off_is_never():
    assert Week(LISBON, WORKDAYS).due("off", at(LISBON, 2026, 10, 14, 10, 0)) is None


def test_daily_comes_at_the_chosen_time_of_the_next_working_day():
    week = Week(LISBON, WORKDAYS, digest_at=time(8, 15))
    assert local(LISBON, week.due("daily", at(LISBON, 2026, 10, 14, 8, 0))) == "Wed 14 Oct 08:15"
    assert local(LISBON, week.due("daily", at(LISBON, 2026, 10, 14, 8, 15))) == "Thu 15 Oct 08:15"
    assert local(LISBON, week.due("daily", at(LISBON, 2026, 10, 16, 9, 0))) == "Mon 19 Oct 08:15"


def test_weekly_and_monthly():
    week = Week(LISBON, WORKDAYS, digest_day=3)
    now = at(LISBON, 2026, 10, 15, 9, 0)
    assert local(LISBON, week.due("weekly", now)) == "Thu 22 Oct 07:30"
    assert local(LISBON, week.due("monthly", now)) == "Mon 02 Nov 07:30"  # the 1st is a Sunday
    assert local(LISBON, week.due("monthly", at(LISBON, 2026, 11, 1, 9, 0))) == "Mon 02 Nov 07:30"
    assert local(LISBON, week.due("monthly", at(LISBON, 2026, 11, 2, 9, 0))) == "Tue 01 Dec 07:30"


def test_a_pause_holds_until_it_ends_and_hours_apply_then():
    until = at(LISBON, 2026, 10, 17, 12, 0)  # a Saturday
    week = Week(LISBON, WORKDAYS, paused_until=until)
    now = at(LISBON, 2026, 10, 14, 10, 0)
    assert week.is_paused(now)
    assert local(LISBON, week.due("at_once", now)) == "Mon 19 Oct 07:00"
    assert local(LISBON, week.due("daily", now)) == "Mon 19 Oct 07:30"


def test_a_night_shift_spans_midnight():
    week = Week(LISBON, frozenset({4}), time(22), time(6))  # Friday night
    assert week.is_working(at(LISBON, 2026, 10, 16, 23, 0))
    assert week.is_working(at(LISBON, 2026, 10, 17, 5, 59))
    assert not week.is_working(at(LISBON, 2026, 10, 17, 6, 0))
    assert not week.is_working(at(LISBON, 2026, 10, 16, 5, 0))


def test_from_and_to_alike_is_the_whole_day():
    week = Week(LISBON, frozenset({2}), time(9), time(9))
    assert week.is_working(at(LISBON, 2026, 10, 15, 8, 59))
    assert not week.is_working(at(LISBON, 2026, 10, 15, 9, 0))


def test_no_working_days_means_every_day():
    week = week_from(LISBON, "", None, None, None, None, None)
    assert week.is_working(at(LISBON, 2026, 10, 18, 10, 0))


def test_half_hour_zones():
    week = Week("Asia/Kolkata", WORKDAYS)
    due = week.due("daily", datetime(2026, 10, 14, 1, 59, tzinfo=UTC))
    assert due == datetime(2026, 10, 14, 2, 0, tzinfo=UTC)  # 07:30 is 02:00 UTC
    odd = Week("Australia/Lord_Howe", WORKDAYS)  # its clocks change by half an hour
    before = odd.due("daily", datetime(2026, 10, 1, 0, 0, tzinfo=UTC))
    after = odd.due("daily", datetime(2026, 10, 5, 0, 0, tzinfo=UTC))
    assert (before.hour, before.minute) == (21, 0)
    assert (after.hour, after.minute) == (20, 30)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (LISBON, (2026, 3, 29)),
        (LISBON, (2026, 10, 25)),
        (SAO_PAULO, (2018, 11, 4)),  # midnight to one o'clock did not exist
        (SAO_PAULO, (2018, 2, 18)),  # eleven at night came twice on the 17th
    ],
)
def test_the_days_on_which_clocks_change(zone, day):
    week = Week(zone, frozenset(range(7)))
    start = at(zone, *day, 0, 0) - timedelta(days=1, hours=1)
    seen, now = [], start
    while len(seen) < 4:
        due = week.due("daily", now)
        assert due > now
        seen.append(due)
        now = due
    assert [each.astimezone(ZoneInfo(zone)).strftime("%H:%M") for each in seen] == ["07:30"] * 4
    days = [each.astimezone(ZoneInfo(zone)).date() for each in seen]
    assert days == [days[0] + timedelta(days=n) for n in range(4)]


def test_a_time_that_is_skipped_and_one_that_comes_twice():
    everyday = frozenset(range(7))
    skipped = Week(LISBON, everyday, digest_at=time(1, 30))
    due = skipped.due("daily", at(LISBON, 2026, 3, 28, 12, 0))
    assert due == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 02:30 on the new clock
    twice = Week(LISBON, everyday, digest_at=time(1, 30))
    first = twice.due("daily", at(LISBON, 2026, 10, 24, 12, 0))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert twice.due("daily", first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)
    midnight = Week(SAO_PAULO, everyday, time(0), time(8))
    begins = midnight.due("at_once", at(SAO_PAULO, 2018, 11, 3, 12, 0))
    assert local(SAO_PAULO, begins) == "Sun 04 Nov 01:00"


def test_until_monday_is_when_work_begins_again():
    week = Week(LISBON, WORKDAYS)
    assert local(LISBON, week.next_week(at(LISBON, 2026, 10, 14, 10, 0))) == "Mon 19 Oct 07:00"
    tuesdays = Week(LISBON, frozenset({1}))
    assert local(LISBON, tuesdays.next_week(at(LISBON, 2026, 10, 19, 3, 0))) == "Tue 27 Oct 07:00"
