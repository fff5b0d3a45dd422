"""Tags: written with commas, one spelling for all, found by near forms, asked by a question."""

import pytest
from django.urls import reverse

from sapwood.people.erasure import erase_person
from sapwood.people.models import Person, PersonSkill, Said, Skill
from sapwood.people.near import near_words
from sapwood.people.skills import (
    find_skill,
    forget_unused,
    offered,
    people_to_ask,
    say,
    split_tags,
    tag_people,
)
from sapwood.people.tongues import tongue_name, tongues

PAIRS = [
    "handover handovers", "válvula VALVULAS", "pressão pressões", "canal canais", "papel papéis",
    "homem homens", "plan plans", "flor flores", "fire fires", "process processes", "mão mãos",
    "battery batteries", "reunião reuniões", "perfil perfis", "fácil fáceis", "service services",
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS)
def test_one_and_many_come_to_one_form(pair):
    one, many = near_words(pair)
    assert one == many


@pytest.mark.parametrize("pair", ["pump pumice", "valve vault", "mapa mapear", "bus boss"])
def test_other_words_stay_apart(pair):
    one, other = near_words(pair)
    assert one != other


def test_the_first_spelling_is_everybodys(cast):
    say(cast.ana, Said.ASK, split_tags("Night handovers, valves, Valves"))
    say(cast.dinis, Said.ASK, ["VALVES", "night  HANDOVERS"])
    assert Skill.objects.count() == 2
    assert Person.objects.get(pk=cast.dinis.pk).ask_about == "valves, Night handovers"
    assert [s.name for s in cast.dinis.skills.order_by("folded")] == ["Night handovers", "valves"]


def test_saying_again_is_all_one_says(cast):
    say(cast.ana, Said.ASK, ["valves", "maps"])
    say(cast.ana, Said.LEARNING, ["valves"])
    say(cast.ana, Said.ASK, ["maps", "drones"])
    rows = PersonSkill.objects.filter(person=cast.ana).values_list("said", "skill__name")
    assert list(rows) == [("ask", "maps"), ("ask", "drones"), ("learning", "valves")]
    assert Person.objects.matching("drone").get() == cast.ana
    assert not Person.objects.matching("valve").exists()


def test_tags_nobody_has_go_by_themselves(cast):
    say(cast.ana, Said.ASK, ["valves", "maps"])
    say(cast.ana, Said.ASK, ["maps"])
    assert forget_unused() == 1
    assert [skill.name for skill in Skill.objects.all()] == ["maps"]


def test_a_word_of_ones_own_goes_with_its_person(cast):
    say(cast.ana, Said.ASK, ["xylophone tuning", "maps"])
    say(cast.dinis, Said.ASK, ["maps"])
    erase_person(cast.ana)
    assert [skill.name for skill in Skill.objects.all()] == ["maps"]
    assert PersonSkill.objects.get().person == cast.dinis


def test_what_others_say_is_offered_while_typing(cast, client_of):
    say(cast.ana, Said.ASK, ["passagem de turno", "pressão", "chlorine pressure"])
    say(cast.bruno, Said.LEARNING, ["pressure zones"])
    assert offered("PRESSAO") == ["pressão"]
    assert offered("press") == ["pressão", "pressure zones", "chlorine pressure"]
    assert offered("turnos") == ["passagem de turno"]
    assert offered("") == offered("zzz") == []
    answer = client_of(cast.dinis).get(reverse("tags_offered"), {"q": "zone"})
    assert answer.json() == {"tags": ["pressure zones"]}
    Person.objects.filter(pk=cast.bruno.pk).update(is_active=False)
    assert offered("zone") == []


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Who can show me how to do a HANDOVER at night?", ["ana"]),
        ("Como se faz a passagem dos turnos?", ["bruno"]),
        ("As pressões não batem certo na zona norte", ["dinis"]),
        ("Handovers, or passagens de turno?", ["ana", "bruno"]),
        ("How do I make the people see what they need?", []),
        ("", []),
        ("🙂 ؟", []),
    ],
)
def test_a_question_finds_people_to_ask(question, who, cast):
    say(cast.ana, Said.ASK, ["taking a handover", "what people see"])
    say(cast.bruno, Said.ASK, ["passagem de turno"])
    say(cast.dinis, Said.ASK, ["Pressão"])
    say(cast.clara, Said.LEARNING, ["handover", "turno", "pressão"])
    Person.objects.filter(pk=cast.nadia.pk).update(is_active=False)
    say(Person.objects.get(pk=cast.nadia.pk), Said.ASK, ["handover"])
    assert list(people_to_ask(question)) == [getattr(cast, name) for name in who]


def test_a_long_tag_is_asked_by_half_of_its_words(cast):
    say(cast.ana, Said.ASK, ["closing pressure valves safely"])
    assert list(people_to_ask("Which valves hold the pressure?")) == [cast.ana]
    assert not people_to_ask("Which valves are red?")


def test_many_are_tagged_at_once(cast, django_assert_max_num_queries):
    people = [Person(email=f"p{n}@x.example", name=f"P{n}", ask_about="maps, Maps, drones")
              for n in range(30)]  # fmt: skip
    Person.objects.bulk_create(people)
    with django_assert_max_num_queries(8):
        tag_people(people, {people[0].pk: ["pumps"]})
    assert PersonSkill.objects.count() == 61
    assert find_skill("MAPS").said_by.count() == 30


def test_languages_are_read_from_a_line():
    assert tongues("English, Twi, some Portuguese") == ",en,pt,tw,"
    assert tongues("Português e inglês; Deutsch") == ",de,en,pt,"
    assert tongues("Mandarin, Kriolu") == ",kea,zh,"
    assert tongues("") == tongues("Klingon, a bit of everything") == ""
    assert (tongue_name("pt"), tongue_name("xx")) == ("Portuguese", "")


def test_the_page_is_written_and_shows_both_kinds(cast, client_of):
    form = {"name": "Ana Sá", "language": "en", "time_zone": "Lisbon", "ask_about": "valves, maps",
            "learning": "Portuguese; drones"}  # fmt: skip
    browser = client_of(cast.ana)
    assert browser.post(reverse("profile_edit"), form).status_code == 302
    page = client_of(cast.dinis).get(reverse("profile", args=[cast.ana.pk])).content.decode()
    assert "Learning now" in page
    for tag in ("valves", "maps", "Portuguese", "drones"):
        assert f"?skill={tag}" in page
    assert "Portuguese, drones" in browser.get(reverse("profile_edit")).content.decode()
    browser.post(reverse("profile_edit"), form | {"learning": "", "ask_about": "maps"})
    assert [each.skill.name for each in PersonSkill.objects.all()] == ["maps"]


@pytest.mark.parametrize("field", ["ask_about", "learning"])
@pytest.mark.parametrize("tags", [",".join(f"t{n}" for n in range(21)), "x" * 81])
def test_too_many_or_too_long_is_said(tags, field, cast, client_of):
    form = {"name": "Ana Sá", "language": "en", "time_zone": "Lisbon", field: tags}
    assert client_of(cast.ana).post(reverse("profile_edit"), form).status_code == 422
    assert not Skill.objects.exists()
