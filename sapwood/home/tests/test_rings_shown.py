"""Rings shown to colleagues by name: what they see, what they don't, and taking them back."""

from datetime import date

import pytest
from django.urls import reverse

from sapwood.home.models import ShownYear, YearShare
from sapwood.home.showing import show_year
from sapwood.ledger.recording import record
from sapwood.people.erasure import erase_person

YEAR = date.today().year
SHARED = "/shared-with-you/"


def theirs(person) -> str:
    return reverse("shared_rings", args=[person.pk, YEAR])


@pytest.fixture
def ana(cast):
    """Ana with a private and a shown moment, both named."""
    record(cast.ana, way="mooc", title="Private words", knot="Private knot")
    record(
        cast.ana, way="coaching", title="Words for Bruno", knot="Knot for Bruno",
        shared_with=[cast.bruno],
    )  # fmt: skip
    return cast.ana


def test_picked_colleagues_see_the_picture_and_no_private_word(ana, cast, client_of):
    own = client_of(ana)
    sent = own.post(f"/rings/{YEAR}/show/", {"people": [str(cast.bruno.pk), str(cast.clara.pk)]})
    assert sent.url == f"/rings/{YEAR}/show/"
    for person, knot in ((cast.bruno, True), (cast.clara, False)):
        page = client_of(person).get(theirs(ana)).content.decode()
        assert f"Rings of {ana.name}, {YEAR}" in page
        assert 'class="rings-svg"' in page
        assert "<table" in page
        assert ("Knot for Bruno" in page) is knot
        assert page.count('class="knot ') == knot
        for secret in ("Private", "Words for Bruno", 'class="story"', "/moments/?"):
            assert secret not in page
        assert theirs(ana) in client_of(person).get(SHARED).content.decode()
    today = client_of(cast.clara).get("/").content.decode()
    assert "A colleague showed you something" in today


def test_nobody_else_learns_of_it(ana, cast, client_of):
    show_year(ana, YEAR, [cast.bruno])
    for person in (cast.clara, cast.dinis, cast.nadia):
        assert client_of(person).get(theirs(ana)).status_code == 404
        assert theirs(ana) not in client_of(person).get(SHARED).content.decode()
    last = reverse("shared_rings", args=[ana.pk, YEAR - 1])
    assert client_of(cast.bruno).get(last).status_code == 404
    assert client_of(cast.bruno).get(f"/rings/{YEAR}/poster.svg").status_code == 200  # his own
    assert client_of(ana).get(theirs(ana)).url == f"/rings/{YEAR}/"


def test_taken_back_it_is_gone_at_once(ana, cast, client_of):
    show_year(ana, YEAR, [cast.bruno, cast.clara])
    own, bruno = client_of(ana), client_of(cast.bruno)
    assert "2 people you picked can see the picture" in own.get("/rings/").content.decode()
    assert bruno.get(theirs(ana)).status_code == 200
    assert bruno.post(f"/rings/{YEAR}/show/{cast.bruno.pk}/").status_code == 404
    own.post(f"/rings/{YEAR}/show/{cast.bruno.pk}/")
    assert bruno.get(theirs(ana)).status_code == 404
    assert theirs(ana) not in bruno.get(SHARED).content.decode()
    own.post(f"/rings/{YEAR}/show/{cast.clara.pk}/")
    assert not ShownYear.objects.exists()
    assert "Only you can see this page" in own.get("/rings/").content.decode()


def test_a_moment_deleted_later_is_gone_from_the_picture(ana, cast, client_of):
    show_year(ana, YEAR, [cast.bruno])
    bruno = client_of(cast.bruno)
    assert bruno.get(theirs(ana)).content.decode().count('class="mark') == 1
    ana.moments.filter(knot="Private knot").delete()
    assert bruno.get(theirs(ana)).content.decode().count('class="mark') == 0


def test_the_picker_needs_somebody_and_finds_without_scripts(ana, cast, client_of):
    own = client_of(ana)
    address = f"/rings/{YEAR}/show/"
    nobody = own.post(address, {"people": [str(ana.pk), "not-a-person"]})
    assert nobody.status_code == 422
    assert "Pick at least one person." in nobody.content.decode()
    found = own.post(address, {"find": cast.bruno.name, "as": "find"})
    assert found.status_code == 200
    assert str(cast.bruno.pk) in found.content.decode()
    assert not YearShare.objects.exists()
    assert own.get(f"/rings/{YEAR + 1}/show/").status_code == 404


def test_shown_twice_is_shown_once(ana, cast):
    for _again in range(2):
        show_year(ana, YEAR, [cast.bruno, ana])
    assert YearShare.objects.count() == ShownYear.objects.count() == 1


def test_it_stands_on_what_others_can_see(ana, cast, client_of):
    show_year(ana, YEAR, [cast.bruno])
    page = client_of(ana).get(reverse("visible")).content.decode()
    assert "Rings that you show to people" in page


@pytest.mark.parametrize("who", ["ana", "bruno"])
def test_erased_with_its_owner_or_its_last_reader(ana, cast, who):
    show_year(ana, YEAR, [cast.bruno])
    erase_person(getattr(cast, who))
    assert not ShownYear.objects.exists()
    assert not YearShare.objects.exists()


def test_queries_stay_few(ana, cast, client_of, django_assert_max_num_queries):
    show_year(ana, YEAR, [cast.bruno, cast.clara, cast.dinis])
    own, bruno = client_of(ana), client_of(cast.bruno)
    for browser, address in (
        (own, f"/rings/{YEAR}/show/"),
        (own, "/rings/"),
        (bruno, theirs(ana)),
        (bruno, SHARED),
    ):
        browser.get(address)
        with django_assert_max_num_queries(12):
            browser.get(address)
