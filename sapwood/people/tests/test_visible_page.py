"""What others can see: from the policies, with who looked, and one's page through other eyes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sapwood.core.policies import models_with_policy
from sapwood.core.retention import forget_expired
from sapwood.people.desk.field_words import WORDS, words_of
from sapwood.people.models import AuditEvent, ImportRun, Person, RoleGrant
from sapwood.people.visible.circles import rings_of
from sapwood.people.visible.things import things_of


def text(response):
    return response.content.decode()


def test_every_policy_is_on_the_page(cast, client_of):
    page = text(client_of(cast.ana).get(reverse("visible")))
    for model, policy in models_with_policy():
        assert policy.name_for(model).split("’")[0].split("'")[0] in page
    assert "When you last came" in page


def test_things_are_counted_and_drawn_from_private_to_open(cast):
    things = things_of(cast.ana)
    assert {t.title: t.rows for t in things}["Name, unit, site, work e-mail"] == 1
    assert [t.circle for t in things] == sorted(
        (t.circle for t in things), key=["you", "picked", "desk", "everyone"].index
    )
    rings = rings_of(things)
    assert rings[-1].key == "you"
    assert [r.radius for r in rings] == sorted((r.radius for r in rings), reverse=True)


@pytest.mark.parametrize("who", ["manager", "administrator", "anyone"])
def test_the_page_as_someone_else_is_the_real_page_to_read_only(who, cast, client_of):
    page = text(client_of(cast.ana).get(reverse("seen_as"), {"who": who}))
    assert "Your page as" in page
    assert "Ana Sá" in page
    assert reverse("profile_edit") not in page.split("<main")[1].split("</main>")[0]
    assert reverse("desk_person", args=[cast.ana.pk]) not in page


def test_nobody_else_can_be_tried_on(cast, client_of):
    assert (
        client_of(cast.ana).get(reverse("seen_as"), {"who": str(cast.dinis.pk)}).status_code == 404
    )
    assert client_of(cast.bruno).get(reverse("seen_as"), {"who": "manager"}).status_code == 404


def test_who_looked_shows_ones_own_part_only(cast, client_of):
    AuditEvent.write("person_changed", actor=cast.nadia, subject=cast.ana, fields=["unit"])
    AuditEvent.write("person_changed", actor=cast.nadia, subject=cast.dinis, fields=["site"])
    AuditEvent.write("people_exported", actor=cast.nadia, subject=None, rows=5)
    page = text(client_of(cast.ana).get(reverse("visible")))
    assert "Changed your data: unit" in page
    assert "Downloaded the list of people" in page
    assert "Changed your data: site" not in page
    page = text(client_of(cast.bruno).get(reverse("visible")))
    assert "Changed your data" not in page


def test_looks_older_than_a_year_are_forgotten(cast):
    AuditEvent.write("person_changed", actor=cast.nadia, subject=cast.ana)
    AuditEvent.write("role_granted", actor=cast.nadia, subject=cast.ana)
    ImportRun.objects.create(file_name="x", encoding="utf-8", delimiter=",")
    now = timezone.now()
    assert forget_expired(now) == 0
    assert forget_expired(now + timedelta(days=31)) == 1
    AuditEvent.objects.filter(action="person_changed").update(at=now - timedelta(days=366))
    assert forget_expired(now) == 1
    assert AuditEvent.is_unbroken()


def test_a_changed_record_is_noticed(cast):
    for action in ("person_added", "person_changed", "role_granted"):
        AuditEvent.write(action, actor=cast.nadia, subject=cast.ana)
    assert AuditEvent.is_unbroken()
    AuditEvent.objects.filter(action="person_changed").update(detail={"fields": ["name"]})
    assert not AuditEvent.is_unbroken()


def test_without_javascript_erasing_has_a_form_of_its_own(cast, client_of):
    page = text(client_of(cast.ana).get(reverse("visible"), {"erase": 1}))
    assert 'id="erase-email"' in page
    assert 'id="erase"' not in page
    RoleGrant.objects.create(person=cast.ana, role="administrator")
    Person.objects.filter(pk=cast.nadia.pk).update(is_active=False)
    assert "only administrator" in text(client_of(cast.ana).get(reverse("visible"), {"erase": 1}))


def test_the_works_council_page_names_every_table_and_threshold(cast, client_of):
    page = text(client_of(cast.nadia).get(reverse("desk_privacy")))
    for model, policy in models_with_policy():
        assert policy.name_for(model).split("’")[0].split("'")[0] in page
    assert "groups of 5 people or more" in page
    assert ", password," not in page.split("<main")[1]


def test_every_stored_field_has_words_or_is_a_key(db):
    for model, policy in models_with_policy():
        for field in model._meta.concrete_fields:
            ours = field.name in WORDS or not isinstance(field.verbose_name, str)
            assert ours or not words_of(field), f"{model._meta.label}.{field.name}"
        told = [name for audience in policy.audiences(model) for name in audience.fields]
        assert sorted(told) == sorted(field.name for field in model._meta.concrete_fields)


def test_no_technical_name_is_read_and_each_field_has_its_readers(cast, client_of):
    page = text(client_of(cast.nadia).get(reverse("desk_privacy"))).split("<main")[1]
    for name in ("cursor", ", uid", "client key", "client_key", "reacted at", "named self"):
        assert name not in page
    rows = {row.split("</th>")[0].split(">")[-1]: row for row in page.split("<tr>")}
    everyone, desk = (
        rows["Name, unit, site, work e-mail"],
        rows["Staff number, first day, language"],
    )
    assert "staff number" not in everyone
    assert "theme" not in everyone
    assert "You and administrators" in desk
    assert "Only you" in rows["How pages look to you"]
    assert "Your name is taken out" in everyone


def test_fields_apart_stand_apart_on_ones_own_page(cast):
    circles = {thing.title: thing.circle for thing in things_of(cast.ana)}
    assert circles["Name, unit, site, work e-mail"] == "everyone"
    assert circles["Staff number, first day, language"] == "desk"
    assert circles["How pages look to you"] == "you"
