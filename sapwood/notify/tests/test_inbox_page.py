"""The inbox: what moved, in few queries at any length; nothing one may not see; nobody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sapwood.notify.models import Mute, Notice, Preference, Quiet
from sapwood.notify.rhythm import week_of


def inbox(browser):
    answer = browser.get(reverse("inbox"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_inbox_is_quiet(cast, client_of):
    page = inbox(client_of(cast.ana))
    assert "Nothing new" in page
    assert 'aria-label="Notices"' in page


def test_what_moved_is_counted_in_words_and_on_the_bell(cast, client_of, say, another):
    for number in range(3):
        say(cast.ana, key=f"k{number}", about=("pebble", another()), quote="Bring <b>one</b>")
    say(cast.ana, key="k9", about=("pebble", Notice.objects.first().about_id))
    page = inbox(client_of(cast.ana))
    assert "Three things moved" in page
    assert "3 threads, 4 notices" in page
    assert 'aria-label="Notices, 3 new"' in page
    assert "You found it." in page
    assert "&lt;b&gt;one" in page


def test_what_one_may_see_no_longer_is_not_listed(cast, client_of, say, pebble):
    say(cast.ana, title="Secret")
    pebble.all.hidden_from.add((cast.ana.pk, pebble.pk))
    assert "Secret" not in inbox(client_of(cast.ana))


def test_a_notice_is_its_owners_alone(cast, client_of, say):
    say(cast.ana, title="For Ana")
    [row] = Notice.objects.all()
    browser = client_of(cast.nadia)
    assert "For Ana" not in inbox(browser)
    assert browser.get(reverse("notice", args=[row.pk])).status_code == 404
    for name in ("notice_snooze", "notice_stop"):
        assert browser.post(reverse(name, args=[row.pk])).status_code == 404
    browser.post(reverse("inbox_read"))
    row.refresh_from_db()
    assert row.is_new


@pytest.mark.parametrize("rows", [1, 60])
def test_few_queries_at_any_length(
    cast, client_of, say, another, rows, django_assert_max_num_queries
):
    for number in range(rows):
        say(cast.ana, key=f"k{number}", about=("pebble", another()), actor=cast.bruno)
    browser = client_of(cast.ana)
    inbox(browser)
    with django_assert_max_num_queries(12):
        page = inbox(browser)
    assert page.count('<article class="notice') == min(rows, 25)


def test_pages_lead_on(cast, client_of, say, another):
    for number in range(30):
        say(cast.ana, key=f"k{number}", about=("pebble", another()))
    browser = client_of(cast.ana)
    assert 'rel="next"' in inbox(browser)
    second = browser.get(reverse("inbox") + "?page=2").content.decode()
    assert second.count('<article class="notice') == 5
    assert 'rel="prev"' in second
    assert browser.get(reverse("inbox") + "?page=x").status_code == 200


def test_opening_reads_it_but_loading_ahead_does_not(cast, client_of, say):
    say(cast.ana)
    [row] = Notice.objects.all()
    browser, where = client_of(cast.ana), reverse("notice", args=[row.pk])
    browser.get(where, headers={"Sec-Purpose": "prefetch"})
    row.refresh_from_db()
    assert row.is_new
    assert browser.get(where).headers["Location"] == "/"
    row.refresh_from_db()
    assert not row.is_new


def test_what_was_read_a_minute_ago_stands_under_today(cast, client_of, say):
    say(cast.ana)
    Notice.objects.update(read_at=cast.ana.now())
    page = inbox(client_of(cast.ana))
    assert "Earlier today" in page
    assert "Earlier this week" not in page


def test_the_next_letter_never_names_a_day_gone_by(cast, client_of, say):
    say(cast.ana)
    now = cast.ana.now()
    Notice.objects.update(email_due_at=now - timedelta(days=1))
    assert "As soon as it can leave: 1 thread, 1 notice." in inbox(client_of(cast.ana))
    Notice.objects.update(email_due_at=now + timedelta(days=1))
    assert "As soon as it can leave" not in inbox(client_of(cast.ana))


def test_all_read_leaves_what_is_snoozed(cast, client_of, say, another):
    say(cast.ana, key="a")
    say(cast.ana, key="b", about=("pebble", another()))
    snoozed = Notice.objects.get(key="b")
    browser = client_of(cast.ana)
    browser.post(reverse("notice_snooze", args=[snoozed.pk]))
    snoozed.refresh_from_db()
    assert snoozed.shows_at == week_of(cast.ana).next_week(cast.ana.now())
    browser.post(reverse("inbox_read"))
    assert Notice.objects.unread().get() == snoozed
    browser.post(reverse("notice_snooze", args=[snoozed.pk]), {"payload": "back"})
    assert Notice.objects.unread().showing(cast.ana.now() + timedelta(seconds=1)).exists()


def test_stopping_from_a_notice_and_hearing_of_it_again(cast, client_of, say, pebble):
    say(cast.ana, title="Round one")
    [row] = Notice.objects.all()
    browser = client_of(cast.ana)
    browser.post(reverse("notice_stop", args=[row.pk]))
    what = f"pebble:{pebble.pk}"
    assert Mute.objects.get().what == what
    assert say(cast.ana, key="k2") == 0
    assert "Hear of it again" in inbox(browser)
    browser.post(reverse("notice_resume"), {"payload": what})
    assert say(cast.ana, key="k3") == 1


@pytest.mark.parametrize("what", ["", "x", "pebble:no", "person:1", "kind:no", "email:no"])
def test_only_what_can_be_stopped_can_be_resumed(cast, client_of, pebble, what):
    answer = client_of(cast.ana).post(reverse("notice_resume"), {"payload": what})
    assert answer.status_code == 404


def test_a_pause_holds_what_would_leave_and_ends(cast, client_of, say):
    say(cast.ana, kind="urgent")
    browser = client_of(cast.ana)
    browser.post(reverse("inbox_pause"), {"until": "monday"})
    until = Quiet.objects.get().paused_until
    assert until == week_of(cast.ana, Quiet(person=cast.ana)).next_week(cast.ana.now())
    assert Notice.objects.get().email_due_at >= until
    assert "End the pause" in inbox(browser)
    browser.post(reverse("inbox_pause"), {"until": ""})
    assert Quiet.objects.get().paused_until is None
    assert Notice.objects.get().email_due_at < until


def test_a_holiday_begins_and_ends_on_days(cast, client_of):
    browser, today = client_of(cast.ana), cast.ana.today()
    for wrong in (today, today + timedelta(days=800), "x"):
        answer = browser.post(reverse("inbox_pause"), {"until": "day", "back_on": wrong})
        assert answer.status_code == 422
    back = today + timedelta(days=14)
    browser.post(reverse("inbox_pause"), {"until": "day", "back_on": back})
    assert cast.ana.now().astimezone().date() < back
    assert Quiet.objects.get().paused_until.astimezone(cast.ana.now().tzinfo).date() == back


def wishes(**more):
    from sapwood.notify.kinds import groups

    data = {"hours_from": "08:00", "hours_to": "16:00", "digest_at": "09:15", "digest_day": "3"}
    for group in groups():
        for channel in ("inbox", "email", "push"):
            data[f"{group.slug}-{channel}"] = group.default(channel)
    return data | {name.replace("__", "-"): value for name, value in more.items()}


def test_settings_keep_only_what_differs_and_plan_anew(cast, client_of, say):
    say(cast.ana)
    browser = client_of(cast.ana)
    browser.post(reverse("inbox_settings"), wishes(you__email="off", you__push="at_once"))
    kept = {(row.channel, row.rhythm) for row in Preference.objects.of(cast.ana)}
    assert kept == {("email", "off"), ("push", "at_once")}
    assert Notice.objects.get().email_due_at is None
    quiet = Quiet.objects.get()
    assert (quiet.digest_day, quiet.hours_to.hour, quiet.digest_at.minute) == (3, 16, 15)
    browser.post(reverse("inbox_defaults"))
    assert not Preference.objects.exists()


def test_what_no_channel_offers_is_refused(cast, client_of, pebble):
    browser = client_of(cast.ana)
    for wrong in ({"you__push": "daily"}, {"you__inbox": "monthly"}, {"digest_day": "9"}):
        answer = browser.post(reverse("inbox_settings"), wishes(**wrong))
        assert answer.status_code == 422
    assert not Preference.objects.exists()


def test_the_settings_show_only_groups_in_use(cast, client_of):
    page = inbox(client_of(cast.ana))
    assert "Someone names you or answers you" in page
    assert "Your questions to the concierge" not in page
