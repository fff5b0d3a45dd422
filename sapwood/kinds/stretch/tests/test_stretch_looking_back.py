"""Looking back twice: what was kept stays, and what comes later is added."""

import pytest
from django.urls import reverse

from sapwood.activities.models import Activity
from sapwood.kinds.stretch import applying
from sapwood.ledger.models import LONGEST, Moment

pytestmark = pytest.mark.django_db
FIRST = {"asked": "To wait.", "learned": "Alarms\r\n\r\nlie.", "next": "Tell Kwame."}


@pytest.fixture
def ana(cast, offer: Activity, client_of):
    applying.agree(applying.apply(offer.stretch, person=cast.ana, line="x"), by=cast.bruno)
    return client_of(cast.ana)


def look_back(ana, offer: Activity, **answers: str):
    return ana.post(reverse("stretch_look_back", args=[offer.pk]), answers)


def test_a_later_answer_is_added(cast, ana, offer: Activity, client_of) -> None:
    look_back(ana, offer, **FIRST)
    page = reverse("activity_show", args=[offer.pk])
    assert "What you kept so far" in ana.get(page).content.decode()
    assert "Tell Kwame." in ana.get(page).content.decode()
    look_back(ana, offer, learned="And people too.")
    kept = "To wait.\n\nAlarms\n\nlie.\n\nTell Kwame.\n\nAnd people too."
    assert Moment.objects.get(person=cast.ana).title == kept
    for other in (cast.bruno, cast.clara, cast.nadia):
        assert "Tell Kwame." not in client_of(other).get(page).content.decode()


def test_sent_twice_it_stands_once(cast, ana, offer: Activity) -> None:
    for _time in range(3):
        look_back(ana, offer, **FIRST)
    assert Moment.objects.get().title == "To wait.\n\nAlarms\n\nlie.\n\nTell Kwame."


def test_what_does_not_fit_comes_back_and_changes_nothing(ana, offer: Activity) -> None:
    look_back(ana, offer, asked="x" * 600, learned="y" * 600, next="z" * 600)
    before = Moment.objects.get().title
    answer = look_back(ana, offer, asked="w" * 400)
    assert answer.status_code == 422
    assert f"{LONGEST} fit" in answer.content.decode()
    assert "w" * 400 in answer.content.decode()
    assert Moment.objects.get().title == before


def test_words_changed_among_ones_moments_are_what_is_added_to(ana, offer: Activity) -> None:
    look_back(ana, offer, **FIRST)
    Moment.objects.update(title="Mine, rewritten.")
    look_back(ana, offer, next="More.")
    assert Moment.objects.get().title == "Mine, rewritten.\n\nMore."
