"""Curators tidy tags: nobody loses one, or has it twice."""

import pytest
from django.urls import reverse

from sapwood.people.curating import NameTakenError, merge, rename, similar_to
from sapwood.people.models import Person, PersonSkill, RoleGrant, Said, Skill
from sapwood.people.skills import find_skill, people_to_ask, say


def lines(*people):
    return [Person.objects.get(pk=person.pk).ask_about for person in people]


@pytest.fixture
def said(cast):
    say(cast.ana, Said.ASK, ["maps", "handovers", "valves"])
    say(cast.bruno, Said.ASK, ["taking a handover", "handovers"])
    say(cast.dinis, Said.ASK, ["taking a handover"])
    say(cast.dinis, Said.LEARNING, ["handovers"])
    return cast


def test_merging_keeps_everybody_once(said):
    old, new = find_skill("handovers"), find_skill("taking a handover")
    assert merge(old, new) == 3
    assert lines(said.ana, said.bruno, said.dinis) == [
        "maps, taking a handover, valves", "taking a handover", "taking a handover",
    ]  # fmt: skip
    assert PersonSkill.objects.filter(skill=new).count() == 4
    assert not PersonSkill.objects.filter(skill=old).exists()
    assert Person.objects.saying(new).count() == 3


def test_the_old_spelling_leads_to_the_new_also_after_a_second_merge(said):
    shift = say(said.clara, Said.ASK, ["shift change"])[0]
    merge(find_skill("handovers"), find_skill("taking a handover"))
    merge(find_skill("taking a handover"), shift)
    assert find_skill("HANDOVERS") == find_skill("taking a handover") == shift
    say(said.nadia, Said.ASK, ["Handovers"])
    assert lines(said.nadia) == ["shift change"]
    assert said.ana in people_to_ask("a handover")


def test_a_tag_does_not_go_into_itself(said):
    with pytest.raises(ValueError, match="itself"):
        merge(find_skill("maps"), find_skill("Maps"))


def test_renaming_reaches_every_page_and_the_search(said):
    rename(find_skill("maps"), "Mapas de pressão")
    assert lines(said.ana) == ["Mapas de pressão, handovers, valves"]
    assert Person.objects.matching("pressoes").get() == said.ana
    with pytest.raises(NameTakenError):
        rename(find_skill("valves"), "HANDOVERS")
    rename(find_skill("valves"), "Valves")
    assert lines(said.ana) == ["Mapas de pressão, handovers, Valves"]


def test_a_tag_may_take_the_name_of_what_went_into_it(said):
    merge(find_skill("handovers"), find_skill("taking a handover"))
    rename(find_skill("taking a handover"), "handovers")
    assert lines(said.dinis) == ["handovers"]
    assert Skill.objects.filter(folded="handovers").count() == 1


def test_similar_tags_share_a_word(said):
    assert [s.name for s in similar_to(find_skill("handovers"))] == ["taking a handover"]
    assert similar_to(find_skill("maps")) == []


@pytest.mark.parametrize("role", ["curator", "steward"])
def test_the_desk_is_for_curators(role, said, client_of):
    RoleGrant.objects.all().delete()
    RoleGrant.objects.create(person=said.bruno, role=role)
    tag = find_skill("handovers")
    browser, stranger = client_of(said.bruno), client_of(said.dinis)
    for name, args in (("desk_skills", []), ("desk_skill", [tag.pk])):
        assert browser.get(reverse(name, args=args)).status_code == 200
        assert stranger.get(reverse(name, args=args)).status_code == 404
    for name in ("desk_skill", "desk_skill_merge"):
        assert stranger.post(reverse(name, args=[tag.pk]), {"into": "maps"}).status_code == 403


def test_the_desk_lists_counts_merges_and_renames(said, client_of, django_assert_max_num_queries):
    browser = client_of(said.clara)
    with django_assert_max_num_queries(10):
        page = browser.get(reverse("desk_skills"), {"q": "handover"}).content.decode()
    assert "2 tags" in page
    tag = find_skill("handovers")
    one = reverse("desk_skill", args=[tag.pk])
    page = browser.get(one).content.decode()
    assert "2 people can be asked about it" in page
    assert "1 is learning it" in page
    assert browser.post(one, {"name": "a, b"}).status_code == 422
    assert browser.post(one, {"name": "Maps"}).status_code == 422
    assert browser.post(one, {"name": "Shift handovers"}).status_code == 302
    into = reverse("desk_skill_merge", args=[tag.pk])
    for wrong in ("", "nothing like it", "shift handovers"):
        assert browser.post(into, {"into": wrong}).status_code == 422
    done = browser.post(into, {"into": "Taking a Handover"}, follow=True).content.decode()
    assert "for 3 people" in done
    assert browser.get(one).status_code == 404
