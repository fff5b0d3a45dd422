"""The pages: what strangers get, what undo brings back, sessions, invitations."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from sapwood.activities.cloning import clone
from sapwood.activities.deleting import delete
from sapwood.activities.models import Activity, Session
from sapwood.people.models import Person

pytestmark = pytest.mark.django_db
FORM = {"title": "Calm", "language": "en", "audience": "everyone", "body": "<p>Text</p>"}
WRITING = ("activity_edit", "activity_clone", "activity_delete", "activity_publication")


@pytest.fixture
def draft(cast: SimpleNamespace, client_of: Callable[[object], Client]) -> Activity:
    client_of(cast.ana).post(reverse("activity_new", args=["resource"]), FORM)
    return Activity.objects.get()


def test_a_draft_is_not_there_for_anyone_else(cast, draft: Activity, client_of) -> None:
    for other in (cast.bruno, cast.clara, cast.dinis, cast.nadia):
        browser = client_of(other)
        assert browser.get(reverse("activity_show", args=[draft.pk])).status_code == 404
        for name in (*WRITING, "activity_participation", "activity_completion", "session_new"):
            assert browser.post(reverse(name, args=[draft.pk])).status_code == 404
    for name in ("activity_show", *WRITING):
        assert client_of(None).post(reverse(name, args=[draft.pk])).status_code == 302


def test_what_is_published_is_read_by_all_and_changed_by_few(cast, draft, client_of) -> None:
    draft.publish(by=cast.ana)
    for name in WRITING:
        assert client_of(cast.dinis).post(reverse(name, args=[draft.pk])).status_code == 403
    assert client_of(cast.clara).get(reverse("activity_edit", args=[draft.pk])).status_code == 200


def test_before_publishing_it_says_who_will_see_it(cast, draft, client_of) -> None:
    page = client_of(cast.ana).get(reverse("activity_show", args=[draft.pk])).content.decode()
    assert "Everyone in Ardal Water: 4 people." in page
    assert "Publish to 4 people" in page


def test_publishing_can_be_taken_back(cast, draft, client_of) -> None:
    ana = client_of(cast.ana)
    here = reverse("activity_publication", args=[draft.pk])
    ana.post(here)
    ana.post(here, {"payload": "undo"})
    draft.refresh_from_db()
    assert draft.is_draft


def test_what_is_put_away_stays_for_who_took_part(cast, draft, client_of) -> None:
    draft.publish(by=cast.ana)
    draft.join(cast.dinis)
    ana, here = client_of(cast.ana), reverse("activity_publication", args=[draft.pk])
    page = reverse("activity_show", args=[draft.pk])
    assert "Put it away" in ana.get(page).content.decode()
    assert client_of(cast.dinis).post(here, {"away": "1"}).status_code == 403
    told = ana.post(here, {"away": "1"}, follow=True).content.decode()
    assert "Those who took part keep it" in told
    assert client_of(cast.dinis).get(page).status_code == 200
    assert client_of(cast.bruno).get(page).status_code == 404
    assert ana.post(here, {"away": "1"}).status_code == 403
    ana.post(here, {"payload": "again"})
    assert client_of(cast.bruno).get(page).status_code == 200


def test_a_copy_is_named_in_the_language_of_who_copies(cast, draft, client_of) -> None:
    cast.ana.language = "pt"
    assert clone(draft, by=cast.ana).title == "Calm (cópia)"


def test_a_deletion_is_undone_by_whoever_did_it_only(cast, draft, client_of) -> None:
    payload = delete(draft, by=cast.ana)
    undo = reverse("activity_undelete")
    assert client_of(cast.dinis).post(undo, {"payload": payload}).status_code == 404
    assert client_of(cast.ana).post(undo, {"payload": payload[:-2]}).status_code == 404
    assert client_of(cast.ana).post(undo, {"payload": payload}).status_code == 302
    assert Activity.objects.get().title == "Calm"


def test_a_deletion_undone_twice_writes_over_nothing(cast, draft, client_of) -> None:
    payload = delete(draft, by=cast.ana)
    ana, undo = client_of(cast.ana), reverse("activity_undelete")
    ana.post(undo, {"payload": payload})
    Activity.objects.update(title="Changed since")
    assert ana.post(undo, {"payload": payload}).status_code == 302
    assert Activity.objects.get().title == "Changed since"


def test_deleting_through_the_page_offers_undo(cast, draft, client_of) -> None:
    ana = client_of(cast.ana)
    page = ana.post(reverse("activity_delete", args=[draft.pk]), follow=True).content.decode()
    assert reverse("activity_undelete") in page
    assert not Activity.objects.exists()


def test_invited_people_and_nobody_else(cast, client_of) -> None:
    ana = client_of(cast.ana)
    new = reverse("activity_new", args=["resource"])
    wrong = ana.post(new, {**FORM, "audience": "invited", "invited": "who@ardal.example"})
    assert wrong.status_code == 422
    assert "Nobody here has this address" in wrong.content.decode()
    ana.post(new, {**FORM, "audience": "invited", "invited": "DINIS@ardal.example\n",
                   "then": "publish"})  # fmt: skip
    activity = Activity.objects.get()
    here = reverse("activity_show", args=[activity.pk])
    assert client_of(cast.dinis).get(here).status_code == 200
    assert client_of(cast.bruno).get(here).status_code == 404


def test_a_unit_must_be_named(cast, client_of) -> None:
    answer = client_of(cast.ana).post(
        reverse("activity_new", args=["resource"]), {**FORM, "audience": "unit", "unit": ""}
    )
    assert answer.status_code == 422
    assert "Pick the unit" in answer.content.decode()


def test_minutes_have_an_end(cast, client_of) -> None:
    new = reverse("activity_new", args=["resource"])
    for minutes in ("9" * 30, "500001", "-1"):
        assert client_of(cast.ana).post(new, {**FORM, "minutes": minutes}).status_code == 422
    assert client_of(cast.ana).post(new, {**FORM, "minutes": "500000"}).status_code == 302


def test_a_kind_that_is_not_there(cast, client_of) -> None:
    assert client_of(cast.ana).get("/activities/new/nothing/").status_code == 404


def test_dates_are_added_weekly_and_taken_away(cast, client_of) -> None:
    ana = client_of(cast.ana)
    activity = Activity.objects.create(
        kind="stretch", title="Circle", way="stretch_assignment", owner=cast.ana
    )
    new = reverse("session_new", args=[activity.pk])
    assert ana.get(new).status_code == 200
    assert ana.post(new, {"day": "x"}).status_code == 422
    for day in ("0001-01-01", "9999-12-31"):
        assert ana.post(new, {"day": day, "clock": "23:59", "minutes": "60"}).status_code == 422
    ana.post(new, {"day": "2026-10-19", "clock": "17:30", "minutes": "60", "times": "3"})
    assert {session.local_start.strftime("%H:%M") for session in Session.objects.all()} == {"17:30"}
    page = ana.get(reverse("activity_show", args=[activity.pk])).content.decode()
    assert page.count(", 17:30</time>") == 3
    gone = Session.objects.first()
    ana.post(reverse("session_delete", args=[activity.pk, gone.pk]))
    assert Session.objects.count() == 2


def test_one_s_own_list(cast, draft, client_of) -> None:
    draft.publish(by=cast.ana)
    draft.join(cast.dinis)
    assert "Calm" in client_of(cast.ana).get(reverse("activities")).content.decode()
    assert "Calm" in client_of(cast.dinis).get(reverse("activities")).content.decode()
    assert "Calm" not in client_of(cast.bruno).get(reverse("activities")).content.decode()
    assert client_of(cast.ana).get(reverse("activity_choose")).status_code == 200


def test_the_page_asks_little(cast, draft, client_of, django_assert_max_num_queries) -> None:
    draft.publish(by=cast.ana)
    dinis = client_of(cast.dinis)
    here = reverse("activity_show", args=[draft.pk])
    dinis.get(here)
    with django_assert_max_num_queries(14):
        dinis.get(here)


def test_each_unit_says_how_many_it_would_be(cast, draft, client_of) -> None:
    ana = client_of(cast.ana)
    page = ana.get(reverse("activity_edit", args=[draft.pk])).content.decode()
    people = Person.objects.active().exclude(pk=cast.ana.pk)
    for unit in (cast.network, cast.finance):
        number = people.in_unit(unit).count()
        words = f"{number} {'person' if number == 1 else 'people'}"
        assert f"{unit.name} ({words})" in page
        said = ana.get(reverse("activity_audience"), {"unit": unit.pk}).content.decode()
        assert said == f"{unit.name} and the units under it: {words}."
    for other in ({"unit": "x"}, {}):
        assert ana.get(reverse("activity_audience"), other).status_code == 200


def test_a_line_that_is_too_long_comes_back_whole(cast, draft, client_of) -> None:
    draft.publish(by=cast.ana)
    line = "x" * 2001
    answer = client_of(cast.ana).post(
        reverse("activity_completion", args=[draft.pk]), {"line": line}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert line in page
    assert "this has 2001" in page
    assert not draft.moments_of(cast.ana).exists()


def test_a_steward_puts_away_but_makes_nothing_a_draft(cast, draft, client_of) -> None:
    """A colleague's draft would be gone for the steward too."""
    draft.publish(by=cast.ana)
    clara, here = client_of(cast.clara), reverse("activity_publication", args=[draft.pk])
    page = reverse("activity_show", args=[draft.pk])
    assert "Make it a draft again" in client_of(cast.ana).get(page).content.decode()
    shown = clara.get(page).content.decode()
    assert "Put it away" in shown
    assert "Make it a draft again" not in shown
    assert clara.post(here, {"undo": "1"}).status_code == 403
    with pytest.raises(PermissionDenied):
        draft.unpublish(by=cast.clara)
    assert clara.post(here, {"away": "1"}, follow=True).status_code == 200
    told = clara.post(here, {"payload": "again"}, follow=True)
    assert 'value="away"' in told.content.decode()  # its undo is what the steward may do
    assert clara.post(here, {"payload": "away"}, follow=True).status_code == 200
    draft.refresh_from_db()
    assert draft.state == "archived"
