"""Putting an offer away, making it a draft again or deleting it answers whoever waits."""

import pytest
from django.urls import reverse

from sapwood.activities.models import Activity
from sapwood.kinds.stretch import applying
from sapwood.kinds.stretch.models import Application

pytestmark = pytest.mark.django_db
CLOSED = "The assignment you asked for was closed before an answer came"


def today(client_of, person: object) -> str:
    return client_of(person).get("/").content.decode()


def lists(client_of, person: object) -> str:
    return client_of(person).get(reverse("activities")).content.decode()


def publication(offer: Activity) -> str:
    return reverse("activity_publication", args=[offer.pk])


def test_putting_it_away_answers_who_waits(cast, offer: Activity, client_of) -> None:
    asked = applying.apply(offer.stretch, person=cast.ana, line="Nights are mine.")
    client_of(cast.bruno).post(publication(offer), {"away": "1"})
    asked.refresh_from_db()
    assert asked.state == "closed"
    assert asked.answered_at
    assert client_of(cast.ana).get(reverse("activity_show", args=[offer.pk])).status_code == 404
    for page in (today(client_of, cast.ana), lists(client_of, cast.ana)):
        assert CLOSED in page
        assert offer.title in page
        assert reverse("activity_show", args=[offer.pk]) not in page
    for page in (today(client_of, cast.bruno), lists(client_of, cast.bruno)):
        assert "asks for a place" not in page
    assert CLOSED not in today(client_of, cast.dinis)
    host = client_of(cast.bruno).get(reverse("activity_show", args=[offer.pk])).content.decode()
    assert "Closed before an answer" in host
    assert 'value="agree"' not in host


def test_taking_it_back_lets_them_wait_as_before(cast, offer: Activity, client_of) -> None:
    asked = applying.apply(offer.stretch, person=cast.ana, line="Nights are mine.")
    bruno = client_of(cast.bruno)
    bruno.post(publication(offer), {"away": "1"})
    bruno.post(publication(offer), {"payload": "again"})
    asked.refresh_from_db()
    assert (asked.state, asked.line, asked.answered_at) == ("asked", "Nights are mine.", None)
    assert "1 asks for a place" in today(client_of, cast.bruno)
    assert CLOSED not in today(client_of, cast.ana)


def test_a_draft_again_tells_nothing_of_the_draft(cast, offer: Activity, client_of) -> None:
    applying.apply(offer.stretch, person=cast.ana, line="Nights are mine.")
    offer.unpublish(by=cast.bruno)
    Activity.objects.update(title="Not yet for anybody")
    assert CLOSED in today(client_of, cast.ana)
    assert "Not yet for anybody" not in today(client_of, cast.ana) + lists(client_of, cast.ana)
    assert "asks for a place" not in today(client_of, cast.bruno)


def test_a_no_is_read_also_after_it_was_put_away(cast, offer: Activity, client_of) -> None:
    asked = applying.apply(offer.stretch, person=cast.ana, line="Nights are mine.")
    applying.decline(asked, by=cast.bruno, reason="After your course.")
    assert "There is an answer for you" in today(client_of, cast.ana)
    offer.archive()
    assert "After your course." in today(client_of, cast.ana)
    assert "After your course." not in today(client_of, cast.clara)


def test_who_has_a_place_keeps_the_page(cast, offer: Activity, client_of) -> None:
    asked = applying.apply(offer.stretch, person=cast.ana, line="Nights are mine.")
    applying.agree(asked, by=cast.bruno)
    offer.archive()
    asked.refresh_from_db()
    assert asked.state == "agreed"
    page = reverse("activity_show", args=[offer.pk])
    assert f'href="{page}">You have a place' in today(client_of, cast.ana)
    assert client_of(cast.ana).get(page).status_code == 200


def test_deleting_what_somebody_waits_for_tells_them_first(cast, offer, client_of) -> None:
    applying.apply(offer.stretch, person=cast.ana, line="Nights are mine.")
    bruno, address = client_of(cast.bruno), reverse("activity_delete", args=[offer.pk])
    assert "Put away" in bruno.post(address, follow=True).content.decode()
    assert Activity.objects.get().state == "archived"
    assert CLOSED in today(client_of, cast.ana)
    bruno.post(address)  # nobody waits any more: now it goes, and every line with it
    assert not Application.objects.exists()
    assert CLOSED not in today(client_of, cast.ana)


def test_nobody_asks_for_what_is_closed(cast, offer: Activity) -> None:
    stretch = offer.stretch
    Activity.objects.update(state="archived")  # in another browser, a moment ago
    with pytest.raises(applying.CannotJoin):
        applying.apply(stretch, person=cast.ana, line="Nights are mine.")
