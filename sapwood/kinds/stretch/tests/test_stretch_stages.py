"""A stretch assignment from offer to look back, with the cast."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sapwood.activities.models import Activity, Participation
from sapwood.activities.models.taking_part import CannotJoin
from sapwood.kinds.stretch import applying
from sapwood.kinds.stretch.models import Application
from sapwood.kinds.stretch.tests.sample import SAMPLE
from sapwood.ledger.models import Moment

pytestmark = pytest.mark.django_db
FORM = {**SAMPLE, "language": "en", "audience": "everyone", "then": "publish"}


def ask(offer: Activity, person: object, line: str = "I have listened for years.") -> Application:
    return applying.apply(offer.stretch, person=person, line=line)


def test_the_whole_way(cast: SimpleNamespace, offer: Activity, client_of) -> None:
    ana, bruno = client_of(cast.ana), client_of(cast.bruno)
    page = reverse("activity_show", args=[offer.pk])
    assert "Ask for a place" in ana.get(page).content.decode()
    ana.post(reverse("application_create", args=[offer.pk]), {"line": "Nights are mine."})
    asked = Application.objects.get()
    assert "Nights are mine." in bruno.get(page).content.decode()
    bruno.post(reverse("application_update", args=[offer.pk, asked.pk]), {"answer": "agree"})
    assert Participation.objects.get(person=cast.ana).state == "joined"
    assert "Look back" in ana.get(page).content.decode()
    ana.post(
        reverse("stretch_look_back", args=[offer.pk]),
        {"asked": "To wait.", "learned": "Alarms lie.", "next": ""},
    )
    moment = Moment.objects.get(person=cast.ana)
    assert (moment.way, moment.ring, moment.reflected) == ("stretch_assignment", 3, True)
    assert moment.title == "To wait.\n\nAlarms lie."
    assert "Alarms lie" not in bruno.get(page).content.decode()


def test_nobody_joins_without_being_agreed(cast, offer: Activity, client_of) -> None:
    ana = client_of(cast.ana)
    assert ana.post(reverse("activity_participation", args=[offer.pk])).status_code == 403
    assert ana.post(reverse("activity_completion", args=[offer.pk])).status_code == 403
    assert (
        ana.post(reverse("stretch_look_back", args=[offer.pk]), {"asked": "x"}).status_code == 403
    )
    assert not Participation.objects.exists()


def test_an_application_is_private_to_the_two(cast, offer: Activity, client_of) -> None:
    ask(offer, cast.ana, "Between us.")
    page = reverse("activity_show", args=[offer.pk])
    for other in (cast.clara, cast.dinis, cast.nadia):
        assert not Application.objects.visible_to(other).exists()
        assert "Between us." not in client_of(other).get(page).content.decode()
    for one in (cast.ana, cast.bruno):
        assert Application.objects.visible_to(one).count() == 1


@pytest.mark.parametrize("name", ["ana", "clara", "dinis", "nadia"])
def test_only_the_owner_answers(cast, offer: Activity, client_of, name: str) -> None:
    asked = ask(offer, cast.ana)
    other = getattr(cast, name)
    with pytest.raises(PermissionDenied):
        applying.agree(asked, by=other)
    with pytest.raises(PermissionDenied):
        applying.decline(asked, by=other, reason="no")
    address = reverse("application_update", args=[offer.pk, asked.pk])
    answer = client_of(other).post(address, {"answer": "agree"})
    assert answer.status_code == (403 if other == cast.ana else 404)


def test_a_no_needs_a_reason_that_only_the_two_read(cast, offer: Activity, client_of) -> None:
    asked = ask(offer, cast.dinis)
    bruno, dinis = client_of(cast.bruno), client_of(cast.dinis)
    address = reverse("application_update", args=[offer.pk, asked.pk])
    refused = bruno.post(address, {"answer": "decline", "reason": " "})
    assert refused.status_code == 422
    assert "Say in a sentence" in refused.content.decode()
    bruno.post(address, {"answer": "decline", "reason": "After your course."})
    page = reverse("activity_show", args=[offer.pk])
    assert "After your course." in dinis.get(page).content.decode()
    assert "After your course." not in client_of(cast.ana).get(page).content.decode()
    with pytest.raises(CannotJoin):
        applying.agree(asked, by=cast.bruno)


def test_places_are_not_given_twice(cast, offer: Activity, client_of) -> None:
    first, second = ask(offer, cast.ana), ask(offer, cast.dinis)
    applying.agree(first, by=cast.bruno)
    with pytest.raises(CannotJoin):
        applying.agree(second, by=cast.bruno)
    second.refresh_from_db()
    assert second.state == "asked"
    with pytest.raises(CannotJoin):
        ask(offer, cast.clara)
    full = client_of(cast.clara).get(reverse("activity_show", args=[offer.pk]))
    assert "Ask for a place" not in full.content.decode()


def test_an_application_taken_back_leaves_no_line(cast, offer: Activity, client_of) -> None:
    asked = ask(offer, cast.ana, "Not for long.")
    address = reverse("application_delete", args=[offer.pk, asked.pk])
    assert client_of(cast.dinis).post(address).status_code == 404
    client_of(cast.ana).post(address)
    asked.refresh_from_db()
    assert (asked.state, asked.line) == ("withdrawn", "")
    again = ask(offer, cast.ana, "Again.")
    assert (again.pk, again.state) == (asked.pk, "asked")


def test_nobody_applies_to_their_own_or_to_a_draft(cast, offer: Activity) -> None:
    with pytest.raises(CannotJoin):
        ask(offer, cast.bruno)
    offer.unpublish(by=cast.bruno)
    with pytest.raises(CannotJoin):
        ask(offer, cast.ana)


def test_an_empty_look_back_comes_back(cast, offer: Activity, client_of) -> None:
    applying.agree(ask(offer, cast.ana), by=cast.bruno)
    answer = client_of(cast.ana).post(reverse("stretch_look_back", args=[offer.pk]), {})
    assert answer.status_code == 422
    assert "Answer one of the three" in answer.content.decode()
    assert not Moment.objects.exists()


def test_dates_and_places_make_sense(cast, offer: Activity, client_of) -> None:
    applying.agree(ask(offer, cast.ana), by=cast.bruno)
    bruno = client_of(cast.bruno)
    edit = reverse("activity_edit", args=[offer.pk])
    assert 'value="2026-12-01"' in bruno.get(edit).content.decode()
    never = {"ends_on": "9999-12-31"}
    for wrong in ({"ends_on": "2026-11-01"}, {"places": "0"}, {"why": ""}, never):
        assert bruno.post(edit, {**FORM, **wrong}).status_code == 422
    assert bruno.post(edit, {**FORM, "places": "2"}).status_code == 302


def test_a_place_is_taken_back_with_words_for_the_two(cast, offer: Activity, client_of) -> None:
    asked = ask(offer, cast.ana)
    bruno, ana = client_of(cast.bruno), client_of(cast.ana)
    address = reverse("application_update", args=[offer.pk, asked.pk])
    page = reverse("activity_show", args=[offer.pk])
    bruno.post(address, {"answer": "agree"})
    assert "Take the place back" in bruno.get(page).content.decode()
    assert bruno.post(address, {"answer": "take_back", "reason": " "}).status_code == 422
    assert offer.places_left() == 0
    bruno.post(address, {"answer": "take_back", "reason": "The work fell through."})
    assert offer.places_left() == 1
    assert "The work fell through." in ana.get(page).content.decode()
    for other in (cast.clara, cast.dinis, cast.nadia):
        assert "fell through" not in client_of(other).get(page).content.decode()
        refused = client_of(other).post(address, {"answer": "take_back", "reason": "x"})
        assert refused.status_code == 404
    bruno.post(address, {"payload": "give back"})
    assert offer.places_left() == 0
    assert "fell through" not in ana.get(page).content.decode()


def test_a_place_taken_back_leaves_the_words_readable_to_who_was_invited(cast, offer) -> None:
    Activity.objects.update(audience="invited")
    offer.refresh_from_db()
    offer.invite(cast.ana)
    asked = ask(offer, cast.ana)
    applying.agree(asked, by=cast.bruno)
    applying.take_back(asked, by=cast.bruno, reason="Not now.")
    assert Activity.objects.visible_to(cast.ana).exists()
    assert Participation.objects.get(person=cast.ana).state == "invited"


def test_an_answer_is_undone_and_waits_again(cast, offer: Activity, client_of) -> None:
    asked = ask(offer, cast.ana)
    bruno = client_of(cast.bruno)
    address = reverse("application_update", args=[offer.pk, asked.pk])
    for answer in ({"answer": "agree"}, {"answer": "decline", "reason": "Not now."}):
        assert address in bruno.post(address, answer, follow=True).content.decode()
        assert bruno.post(address, {"payload": "undo"}).status_code == 302
        asked.refresh_from_db()
        assert (asked.state, asked.reason, asked.answered_at) == ("asked", "", None)
        assert offer.places_left() == 1


def test_what_is_finished_stays_theirs(cast, offer: Activity) -> None:
    asked = ask(offer, cast.ana)
    applying.agree(asked, by=cast.bruno)
    offer.complete(cast.ana, line="Done.")
    with pytest.raises(CannotJoin):
        applying.take_back(asked, by=cast.bruno, reason="Late.")
    with pytest.raises(CannotJoin):
        applying.ask_again(asked, by=cast.bruno)
    asked.refresh_from_db()
    assert asked.state == "agreed"
