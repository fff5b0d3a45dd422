"""Blocking: both ways, known to one person only, and never in the way of a manager's duties."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sapwood.core.policies import export_rows
from sapwood.people.blocking import are_apart, block, blocked_pairs, still_meets, unblock
from sapwood.people.erasure import erase_person
from sapwood.people.models import AuditEvent, Block, Person
from sapwood.people.picking import pick
from sapwood.people.profile.page import profile_page


def text(response):
    return response.content.decode()


def test_a_pair_is_apart_in_both_directions(cast, django_assert_num_queries):
    block(cast.ana, cast.dinis)
    block(cast.clara, cast.ana)
    assert blocked_pairs(cast.ana) == {cast.dinis.pk, cast.clara.pk}
    assert blocked_pairs(cast.dinis) == blocked_pairs(cast.clara) == {cast.ana.pk}
    assert blocked_pairs(cast.nadia) == frozenset()
    assert are_apart(cast.dinis, cast.ana)
    assert not are_apart(cast.dinis, cast.clara)
    with django_assert_num_queries(1):
        blocked_pairs(cast.ana)


def test_it_is_done_once_and_never_to_oneself(cast):
    block(cast.ana, cast.dinis)
    block(cast.ana, cast.dinis)
    assert Block.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(blocker=cast.ana, blocked=cast.dinis)
    with pytest.raises(IntegrityError), transaction.atomic():
        block(cast.ana, cast.ana)


def test_taking_it_back_leaves_what_the_other_asked_for(cast):
    block(cast.ana, cast.dinis)
    block(cast.dinis, cast.ana)
    assert unblock(cast.ana, cast.dinis)
    assert not unblock(cast.ana, cast.dinis)
    assert blocked_pairs(cast.ana) == {cast.dinis.pk}


@pytest.mark.parametrize(("looks", "sought"), [("ana", "dinis"), ("dinis", "ana")])
def test_neither_finds_the_other(looks, sought, cast, client_of):
    me, other = getattr(cast, looks), getattr(cast, sought)
    page = reverse("profile", args=[other.pk])
    assert client_of(me).get(page).status_code == 200
    block(cast.ana, cast.dinis)
    browser = client_of(me)
    assert browser.get(page).status_code == 404
    assert page not in text(browser.get(reverse("people_index"), {"q": other.first_name}))
    assert page not in text(browser.get(reverse("people_index")))
    assert page not in text(browser.get(reverse("explore"), {"q": other.first_name}))
    assert not pick(me, words=other.first_name).found
    assert not pick(me, ids=[str(other.pk)]).chosen
    assert pick(cast.nadia, words=other.first_name).found == [other]


def test_the_one_blocked_cannot_tell_it_from_somebody_who_left(cast, client_of):
    block(cast.ana, cast.dinis)
    Person.objects.filter(pk=cast.clara.pk).update(is_active=False)
    browser = client_of(cast.dinis)
    for name in ("profile", "person_block"):
        answers = [browser.get(reverse(name, args=[who.pk])) for who in (cast.ana, cast.clara)]
        assert [answer.status_code for answer in answers] == [404, 404]
    assert browser.post(reverse("person_block", args=[cast.ana.pk])).status_code == 404
    assert browser.post(reverse("person_unblock", args=[cast.ana.pk])).status_code == 404
    assert "Ana" not in text(browser.get(reverse("blocked_index")))
    assert not AuditEvent.objects.exists()
    assert export_rows(cast.dinis)["people.block"] == []
    assert len(export_rows(cast.ana)["people.block"]) == 1


def test_a_manager_and_a_direct_report_still_find_each_other(cast, client_of):
    block(cast.ana, cast.bruno)
    assert blocked_pairs(cast.bruno) == {cast.ana.pk}
    assert still_meets(cast.ana, cast.bruno)
    assert still_meets(cast.bruno, cast.ana)
    assert not still_meets(cast.ana, cast.dinis)
    for me, other in ((cast.ana, cast.bruno), (cast.bruno, cast.ana)):
        assert client_of(me).get(reverse("profile", args=[other.pk])).status_code == 200
        assert other in Person.objects.apart_from(me)
    page = text(client_of(cast.ana).get(reverse("person_block", args=[cast.bruno.pk])))
    assert "is your manager" in page
    assert "neither page opens" not in page


def test_the_page_of_a_third_does_not_lead_to_somebody_kept_apart(cast):
    Person.objects.filter(pk=cast.dinis.pk).update(manager=cast.bruno)
    block(cast.ana, cast.dinis)
    assert profile_page(cast.bruno, cast.ana).reports == [cast.ana]
    assert len(profile_page(cast.bruno, cast.nadia).reports) == 2
    block(cast.bruno, cast.nadia)
    assert profile_page(cast.ana, cast.nadia).manager is None


def test_the_page_says_what_happens_then_does_it_with_undo(cast, client_of):
    browser = client_of(cast.ana)
    profile = text(browser.get(reverse("profile", args=[cast.dinis.pk])))
    assert reverse("person_block", args=[cast.dinis.pk]) in profile
    assert "is not told" in text(browser.get(reverse("person_block", args=[cast.dinis.pk])))
    assert not Block.objects.exists()
    done = browser.post(reverse("person_block", args=[cast.dinis.pk]), follow=True)
    assert "Only you know" in text(done)
    assert reverse("person_unblock", args=[cast.dinis.pk]) in text(done)
    assert "Dinis Sá" in text(browser.get(reverse("blocked_index")))
    back = browser.post(reverse("person_unblock", args=[cast.dinis.pk]), follow=True)
    assert "can find each other again" in text(back)
    assert not Block.objects.exists()


def test_asking_twice_is_answered_alike(cast, client_of):
    browser = client_of(cast.ana)
    for _time in range(2):
        answer = browser.post(reverse("person_block", args=[cast.dinis.pk]))
        assert answer.status_code == 302
    assert Block.objects.count() == 1


def test_one_does_not_block_oneself_on_a_page(cast, client_of):
    own = reverse("person_block", args=[cast.ana.pk])
    assert client_of(cast.ana).get(own).status_code == 404
    assert own not in text(client_of(cast.ana).get(reverse("profile", args=[cast.ana.pk])))


@pytest.mark.parametrize("gone", ["ana", "dinis"])
def test_a_block_goes_with_either_of_the_two(gone, cast):
    block(cast.ana, cast.dinis)
    erase_person(getattr(cast, gone))
    assert not Block.objects.exists()
