"""The sample organisation: the right size, believable, repeatable, and gone without trace."""

import pytest
from django.apps import apps
from django.db import models

from sapwood.activities.models import Activity
from sapwood.activities.search import find
from sapwood.core.ids import uuid7
from sapwood.demo.loading import load_sample, remove_sample
from sapwood.demo.staff import SIGN_IN
from sapwood.demo.texts import texts
from sapwood.journal.keeping import keep
from sapwood.journal.sharing import share
from sapwood.ledger.models import Moment
from sapwood.ledger.recording import record
from sapwood.ledger.ways import WAYS
from sapwood.people.models import Person, RoleGrant, Unit

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    own = [model for model in apps.get_models() if model.__module__.startswith("sapwood.")]
    return {model._meta.label: model._base_manager.count() for model in own}


def content() -> list[tuple[object, ...]]:
    order = ("person__email", "occurred_on", "cursor")
    return list(Moment.objects.order_by(*order).values_list("person__email", "way", "title"))


def test_only_the_demo_opens_its_doors():
    load_sample()
    assert not RoleGrant.objects.exists()
    assert not [person for person in Person.objects.all() if person.has_usable_password()]
    remove_sample()
    load_sample(open_doors=True)
    nadia = Person.objects.get(email__startswith="nadia@")
    assert nadia.is_administrator
    assert nadia.check_password(texts("people")["password"])
    assert sum(person.has_usable_password() for person in Person.objects.all()) == len(SIGN_IN)


def test_a_hundred_and_fifty_people_in_two_languages_with_a_year_behind_them():
    load_sample()
    sample = Person.objects.filter(is_sample=True)
    assert sample.count() == 150
    assert {"en", "pt"} == set(sample.values_list("language", flat=True))
    assert sample.values("site").distinct().count() == 4
    assert sample.filter(manager=None).count() == 1
    assert Moment.objects.count() > 5000
    assert set(Moment.objects.values_list("way", flat=True)) == set(WAYS)
    assert not Moment.objects.filter(reacted_at=None).exists()
    assert Activity.objects.of_kind("resource").count() >= 25


def test_the_reporting_line_has_one_top_and_no_cycle():
    load_sample()
    manager = dict(Person.objects.values_list("pk", "manager"))
    for person in manager:
        seen = set()
        while person is not None:
            assert person not in seen
            seen.add(person)
            person = manager[person]


def test_loading_twice_is_loading_once_and_loading_again_gives_the_same_words():
    load_sample()
    first, before = content(), counts()
    load_sample()
    assert counts() == before
    remove_sample()
    load_sample()
    assert content() == first


def test_removing_leaves_nothing_but_the_real_people(cast):
    before = counts()
    load_sample()
    unit = Unit.objects.get(name="Leak Detection")
    cast.dinis.unit = unit
    cast.dinis.save()
    assert remove_sample() == 150
    cast.dinis.refresh_from_db()
    assert cast.dinis.unit == unit
    assert not Person.objects.filter(is_sample=True).exists()
    after = counts()
    after.pop("people.Unit"), before.pop("people.Unit")
    assert after == before
    assert not find("valve", Activity.objects.visible_to(cast.dinis)).activities.exists()


def test_what_was_shown_to_an_invented_person_is_private_again(cast):
    load_sample()
    invented = Person.objects.filter(is_sample=True).first()
    both = [invented, cast.bruno]
    alone = record(cast.ana, way="mooc", title="Alone", shared_with=[invented])
    beside = record(cast.ana, way="mooc", title="Beside", shared_with=both)
    entry = keep(cast.ana, uuid7(), text="Shown", now=cast.ana.now())
    share(entry, with_people=[invented])
    remove_sample()
    seen = dict(Moment.objects.of(cast.ana).values_list("title", "visibility"))
    assert seen == {"Alone": "private", "Beside": "people", "Shown": "private"}
    entry.refresh_from_db()
    assert not entry.is_shared
    assert [moment.pk for moment in Moment.objects.visible_to(cast.bruno)] == [beside.pk]
    assert alone.pk in Moment.objects.of(cast.ana).values_list("pk", flat=True)


def test_every_line_of_the_data_can_be_written():
    for language in ("en", "pt"):
        lines = texts("moments")[language]
        assert set(lines) == set(WAYS) - {"journal_reflection"}  # those are entries
        for way in lines.values():
            for line in way:
                assert line.format(who="Ana", place="x")


def test_models_of_the_sample_declare_that_they_are_sample():
    flagged = [m for m in apps.get_models() if any(f.name == "is_sample" for f in m._meta.fields)]
    assert all(isinstance(m._meta.get_field("is_sample"), models.BooleanField) for m in flagged)
    assert {m._meta.label for m in flagged} >= {"people.Person", "activities.Activity"}
