"""Rules: who they bring, whom they let go, whom they never touch."""

import pytest
from django.db import IntegrityError, transaction

from sapwood.conversations.models import Membership
from sapwood.people.models import Person, Unit
from sapwood.spaces.joining import join, leave
from sapwood.spaces.models import Rule
from sapwood.spaces.ruling import apply_all, apply_rules, in_words, keep_rules, preview


@pytest.fixture
def places(cast):
    cast.night = Unit.objects.create(name="Night crew", parent=cast.network)
    for person, unit, site, job in (
        (cast.ana, cast.network, "Harbour Road", "Planner"),
        (cast.bruno, cast.night, "Harbour Road", "Fitter"),
        (cast.dinis, cast.finance, "Estuary House", "Planner"),
    ):
        person.unit, person.site, person.job_title = unit, site, job
        person.save()
    cast.dinis.language = "pt"
    cast.dinis.save()
    return cast


def names(space):
    return set(space.audience.memberships.values_list("person__name", flat=True))


def fits(*rules):
    from sapwood.spaces.ruling import fitting

    return set(fitting(rules).values_list("name", flat=True))


def test_a_rule_asks_for_all_it_names_and_a_group_for_any_rule(places):
    network = Rule(unit=places.network)
    assert fits(network) == {"Ana Sá", "Bruno Sá"}, "with the units under it"
    assert fits(Rule(unit=places.network, job_title="planner")) == {"Ana Sá"}
    assert fits(Rule(site="HARBOUR road")) == {"Ana Sá", "Bruno Sá"}
    assert fits(Rule(language="pt")) == {"Dinis Sá"}
    assert fits(network, Rule(language="pt")) == {"Ana Sá", "Bruno Sá", "Dinis Sá"}
    assert fits() == set()


def test_a_rule_that_names_nothing_is_refused(make_space):
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.create(space=make_space())


def test_the_preview_says_who_comes_who_goes_and_why(places, make_space, now):
    space = make_space("closed")
    keep_rules(space, [Rule(unit=places.network)], now=now)
    assert names(space) == {"Ana Sá", "Bruno Sá"}
    shown = preview(space, [Rule(language="pt", job_title="Planner")])
    assert [(c.person.name, c.why) for c in shown.joins] == [
        ("Dinis Sá", "as Planner, reads Portuguese")
    ]
    assert [(c.person.name, c.why) for c in shown.leaves] == [
        ("Bruno Sá", "No rule fits: now Fitter, Night crew, Harbour Road")
    ]
    assert (shown.joining, shown.leaving, shown.stays) == (1, 1, 1)
    assert names(space) == {"Ana Sá", "Bruno Sá"}, "nothing is done by looking"


def test_the_nightly_job_follows_changes_of_people(places, make_space, now):
    space = make_space("closed")
    keep_rules(space, [Rule(unit=places.night)], now=now)
    assert names(space) == {"Ana Sá", "Bruno Sá"}
    places.bruno.unit = places.finance
    places.bruno.save()
    apply_all(now)
    assert names(space) == {"Ana Sá"}
    assert apply_rules(space, now=now) == (0, 0)


def test_members_by_hand_by_themselves_and_stewards_stay(places, make_space, now):
    space = make_space("open", places.bruno)
    join(space, places.dinis, now=now)
    keep_rules(space, [Rule(site="Nowhere")], now=now)
    assert names(space) == {"Ana Sá", "Bruno Sá", "Dinis Sá"}
    Membership.objects.filter(person=places.bruno).update(origin="rule", role="facilitator")
    apply_all(now)
    assert "Bruno Sá" in names(space)


def test_who_left_is_not_brought_back(places, make_space, now):
    space = make_space("closed")
    keep_rules(space, [Rule(unit=places.network)], now=now)
    leave(space, places.bruno, now=now)
    apply_all(now)
    assert names(space) == {"Ana Sá"}
    assert preview(space, list(space.rules.all())).joining == 0


def test_without_rules_those_who_came_by_one_go(places, make_space, now):
    space = make_space("closed")
    keep_rules(space, [Rule(unit=places.network)], now=now)
    space.rules.all().delete()
    apply_all(now)
    assert names(space) == {"Ana Sá"}


def test_a_preview_asks_the_same_number_of_questions_for_many(
    places, make_space, django_assert_num_queries
):
    space = make_space("closed")
    rules = [Rule(unit=places.finance)]
    for count in (1, 30):
        Person.objects.bulk_create(
            Person(email=f"p{count}{n}@x.example", name=f"P{n}", unit=places.finance)
            for n in range(count)
        )
        with django_assert_num_queries(5):
            assert preview(space, rules).joining >= count


def test_a_rule_in_words(places):
    rule = Rule(unit=places.night, site="Harbour Road")
    assert in_words(rule) == "in Night crew or under it, at Harbour Road"
