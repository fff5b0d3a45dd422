"""Find people: by tag, site, unit and language; one's unit first, then A to Z, never by a score."""

import pytest
from django.urls import reverse

from sapwood.people.models import Person, Said
from sapwood.people.skills import find_skill, say


@pytest.fixture
def crew(cast):
    Person.objects.filter(pk__in=[cast.ana.pk, cast.dinis.pk]).update(site="Estuary House")
    for person, speaks in (
        (cast.ana, "English"),
        (cast.bruno, "Português"),
        (cast.dinis, "Inglês"),
    ):
        fresh = Person.objects.get(pk=person.pk)
        fresh.speaks = speaks
        fresh.save()
        setattr(cast, person.first_name.lower(), fresh)
    say(cast.dinis, Said.ASK, ["night handovers", "loggers"])
    say(cast.bruno, Said.ASK, ["taking a handover"])
    say(cast.clara, Said.LEARNING, ["handovers"])
    return cast


def page_of(client, **query):
    return client.get(reverse("people_index"), query).content.decode()


def shown(page, *people):
    """Who of `people` stands in the list, in order."""
    lines = page.split("<aside")[0].split("And you?")[0].split('<article class="person')
    return [p for line in lines[1:] for p in people if reverse("profile", args=[p.pk]) in line]


def test_a_sentence_says_how_many_say_so(crew, client_of):
    page = page_of(client_of(crew.ana), q="handovers")
    assert "2 people say “ask me about handovers”" in page
    assert "<mark>handover</mark>" in page
    assert "1 person says “ask me about logger”" in page_of(client_of(crew.ana), q="logger")
    everyone = (crew.ana, crew.bruno, crew.clara, crew.dinis, crew.nadia)
    assert shown(page, *everyone)[:2] == [crew.bruno, crew.dinis]
    assert crew.clara not in shown(page, *everyone)


def test_names_and_tags_together_are_told_apart(crew, client_of):
    Person.objects.create_user("l@x.example", name="Bo Logger")
    page = page_of(client_of(crew.ana), q="logger")
    assert "2 people for “logger”" in page
    assert "1 of them says “ask me about logger”" in page


def test_ones_unit_comes_first_then_a_to_z(crew, client_of):
    everyone = [crew.ana, crew.bruno, crew.clara, crew.dinis, crew.nadia]
    assert shown(page_of(client_of(crew.dinis)), *everyone) == [
        crew.dinis, crew.ana, crew.bruno, crew.clara, crew.nadia,
    ]  # fmt: skip
    Person.objects.filter(pk=crew.dinis.pk).update(unit=None)
    assert shown(page_of(client_of(crew.dinis)), *everyone) == everyone


def test_filters_narrow_it_down(crew, client_of):
    browser = client_of(crew.ana)
    everyone = [crew.ana, crew.bruno, crew.clara, crew.dinis, crew.nadia]

    def found(**query):
        return set(shown(page_of(browser, **query), *everyone))

    assert found(near="1") == {crew.ana, crew.dinis}
    assert found(speaks="en") == {crew.ana, crew.dinis}
    assert found(speaks="pt") == {crew.bruno}
    assert found(unit=str(crew.finance.pk)) == {crew.dinis}
    assert found(skill="Night HANDOVERS") == {crew.dinis}
    assert found(skill="handover") == {crew.bruno, crew.dinis}
    assert found(skill="taking a handover", speaks="en") == set()
    assert found(unit="nonsense", speaks="xx") == set(everyone)


def test_a_tag_asked_for_is_a_chip_to_take_off(crew, client_of):
    page = page_of(client_of(crew.ana), skill="loggers", near="1")
    assert "1 person says “ask me about loggers”" in page
    assert 'href="/people/?near=1&amp;page="' in page
    assert "Near me, Estuary House" in page
    assert "Speaks Portuguese" in page


def test_the_first_stands_beside_only_when_something_is_asked(crew, client_of):
    browser = client_of(crew.ana)
    assert '<article class="profile"' not in page_of(browser)
    page = page_of(browser, q="handover")
    assert page.count('<article class="profile"') == 1
    assert page.count("<h1") == 1


def test_the_language_is_kept_in_step(crew):
    crew.ana.speaks = "Deutsch"
    crew.ana.save(update_fields=["speaks"])
    assert Person.objects.speaking("de").get() == crew.ana
    assert find_skill("loggers") is not None


@pytest.mark.parametrize("more", [0, 12])
def test_it_asks_little_of_the_database(more, crew, client_of, django_assert_max_num_queries):
    for n in range(more):
        person = Person.objects.create_user(f"p{n}@x.example", name=f"P{n}", unit=crew.network)
        say(person, Said.ASK, ["handovers", "pumps"])
    browser = client_of(crew.ana)
    for query in ({}, {"q": "handover"}, {"skill": "handovers", "unit": str(crew.finance.pk)}):
        with django_assert_max_num_queries(12):
            page_of(browser, **query)
