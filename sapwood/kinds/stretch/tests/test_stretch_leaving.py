"""Stepping back from an agreed place: the host is told, and the place is free again."""

import pytest
from django.urls import reverse

from sapwood.activities.models import Activity, Participation
from sapwood.kinds.stretch import applying
from sapwood.kinds.stretch.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(cast, offer: Activity) -> Application:
    """Ana has the one place."""
    asked = applying.apply(offer.stretch, person=cast.ana, line="Nights are mine.")
    applying.agree(asked, by=cast.bruno)
    return asked


def step_back(client_of, person: object, offer: Activity) -> str:
    address = reverse("activity_participation", args=[offer.pk])
    return client_of(person).post(address, {"leave": "1"}, follow=True).content.decode()


def test_the_host_is_told_and_nobody_else(cast, offer: Activity, agreed, client_of) -> None:
    step_back(client_of, cast.ana, offer)
    agreed.refresh_from_db()
    assert (agreed.state, agreed.line, agreed.has_stepped_back) == ("withdrawn", "", True)
    assert offer.places_left() == 1
    page = reverse("activity_show", args=[offer.pk])
    bruno = client_of(cast.bruno)
    assert "1 stepped back" in bruno.get("/").content.decode()
    host = bruno.get(page).content.decode()
    assert "Stepped back" in host
    assert "Take the place back" not in host
    for other in (cast.clara, cast.dinis, cast.nadia):
        assert "tepped back" not in client_of(other).get(page).content.decode()
        assert "tepped back" not in client_of(other).get("/").content.decode()


def test_who_left_may_ask_again_and_is_not_offered_a_place(
    cast, offer: Activity, agreed, client_of
) -> None:
    told = step_back(client_of, cast.ana, offer)
    assert "Whoever organises it is told" in told
    assert 'value="join"' not in told
    assert "Keep for later" not in told
    assert "Where this stands for you" not in told
    assert "Ask for a place" in told
    address = reverse("activity_participation", args=[offer.pk])
    assert client_of(cast.ana).post(address, {"payload": "join"}).status_code == 403
    again = applying.apply(offer.stretch, person=cast.ana, line="After all.")
    assert (again.pk, again.state, again.left_at) == (agreed.pk, "asked", None)
    assert "stepped back" not in client_of(cast.bruno).get("/").content.decode()


def test_leaving_what_only_the_invited_see_ends_on_ones_list(
    cast, offer: Activity, agreed, client_of
) -> None:
    Activity.objects.update(audience="invited")
    assert "On your list, and from you" in step_back(client_of, cast.ana, offer)


def test_what_is_finished_is_not_stepped_back_from(cast, offer: Activity, agreed) -> None:
    offer.complete(cast.ana, line="Done.")
    offer.leave(cast.ana)
    agreed.refresh_from_db()
    assert agreed.state == "agreed"


@pytest.mark.parametrize("state", ["invited", "left", "joined"])
def test_names_are_for_who_organises_it(
    cast, offer: Activity, agreed, client_of, state: str
) -> None:
    """The policy says: you, and who organises it."""
    Participation.objects.create(activity=offer, person=cast.dinis, state=state)
    page = reverse("activity_show", args=[offer.pk])
    assert "Taking part" in client_of(cast.bruno).get(page).content.decode()
    for other in (cast.dinis, cast.clara, cast.nadia):
        shown = client_of(other).get(page).content.decode()
        assert "Taking part" not in shown
        assert cast.ana.name not in shown
        seen = Participation.objects.visible_to(other).exclude(person=other)
        assert not seen.exists()
