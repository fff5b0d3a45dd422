"""Every table that holds a person promises something, and the promise can be kept."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from sapwood.core.policies import export_rows, models_with_policy, policy_of
from sapwood.people.models import Person


def points_to_person(model):
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return any(field.is_relation and field.related_model is Person for field in fields)


def undeclared(models_to_check):
    return [
        model._meta.label
        for model in models_to_check
        if points_to_person(model) and policy_of(model) is None and not model._meta.auto_created
    ]


def test_every_model_with_a_key_to_a_person_has_a_policy():
    assert undeclared(apps.get_models(include_auto_created=True)) == []


@isolate_apps("sapwood.people")
def test_a_model_without_a_policy_is_found():
    class Note(models.Model):
        person = models.ForeignKey(Person, models.CASCADE, related_name="+")

        class Meta:
            app_label = "people"

    class Circle(models.Model):
        people = models.ManyToManyField(Person, related_name="+")

        class Meta:
            app_label = "people"

    assert undeclared([Note, Circle]) == ["people.Note", "people.Circle"]


def all_policies():
    return [pytest.param(m, p, id=m._meta.label) for m, p in models_with_policy()]


@pytest.mark.parametrize(("model", "policy"), all_policies())
def test_a_policy_names_fields_that_are_there(model, policy, cast):
    assert list(policy.rows(model, cast.ana)) == list(policy.rows(model, cast.ana))
    for name in policy.export:
        model._meta.get_field(name.partition("__")[0])
    if policy.attachment:
        assert callable(getattr(model, policy.attachment))
    assert all(str(text) for text in (policy.purpose, policy.seen_by, policy.retention))
    assert policy.name_for(model)


@pytest.mark.parametrize(("model", "policy"), all_policies())
def test_what_loses_its_person_can(model, policy):
    if policy.erase == "anonymise" and not hasattr(model, "anonymise"):
        assert model._meta.get_field(policy.person).null
    if policy.erase == "keep":
        assert str(policy.kept_because), "say why the rows stay"


def test_the_export_holds_what_the_policies_say(cast):
    copy = export_rows(cast.ana)
    assert copy["people.person"][0]["name"] == "Ana Sá"
    assert copy["people.person"][0]["manager__name"] == "Bruno Sá"
    assert "password" not in copy["people.person"][0]
