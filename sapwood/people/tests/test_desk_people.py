"""The people desk: changes are checked, take effect at once, and are noted in codes."""

import csv
import io

import pytest
from django.urls import reverse

from sapwood.people.models import AuditEvent, Person, RoleGrant, Unit
from sapwood.people.sheets import line


def form_of(person, **changes):
    values = {
        "name": person.name, "email": person.email, "staff_number": person.staff_number or "",
        "unit": str(person.unit_id or ""), "job_title": person.job_title, "site": person.site,
        "manager_words": person.manager.email if person.manager else "", "is_active": "1",
    }  # fmt: skip
    return values | changes


def save(client, person, **changes):
    return client.post(reverse("desk_person", args=[person.pk]), form_of(person, **changes))


def test_an_administrator_changes_someone_and_it_is_noted_without_words(cast, client_of):
    response = save(
        client_of(cast.nadia), cast.ana, job_title="Chief of Secrets", unit=str(cast.finance.pk),
        manager_words="DINIS@ardal.example", roles=["curator"],
    )  # fmt: skip
    assert response.status_code == 302
    ana = Person.objects.get(pk=cast.ana.pk)
    assert (ana.job_title, ana.unit, ana.manager) == ("Chief of Secrets", cast.finance, cast.dinis)
    assert ana.has_role("curator")
    events = AuditEvent.objects.filter(subject=ana).order_by("cursor")
    assert [(e.action, e.detail) for e in events] == [
        ("person_changed", {"fields": ["job_title", "manager", "unit"]}),
        ("role_granted", {"role": "curator"}),
    ]
    assert all(event.actor == cast.nadia for event in events)


def test_an_address_never_changes_in_silence(
    cast, client_of, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        save(client_of(cast.nadia), cast.ana, email="sa@ardal.example")
    assert Person.objects.get(pk=cast.ana.pk).email == "sa@ardal.example"
    [told] = mailoutbox
    assert told.to == ["ana@ardal.example"]
    assert "sa@ardal.example" in told.body


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "dinis@ardal.example"}, "Someone else has this address"),
        ({"email": "аna@ardal.example"}, "plain letter"),
        ({"manager_words": "nobody@x.example"}, "Nobody here has this"),
        ({"manager_words": "ana@ardal.example"}, "closes a circle: Ana Sá → Ana Sá"),
        ({"name": ""}, "required"),
        ({"roles": ["king"]}, "king"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(changes, words, cast, client_of):
    response = save(client_of(cast.nadia), cast.ana, **changes)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not AuditEvent.objects.exists()


def test_a_circle_of_managers_is_refused_with_its_path(cast, client_of):
    response = save(client_of(cast.nadia), cast.bruno, manager_words="ana@ardal.example")
    assert response.status_code == 422
    assert "Bruno Sá → Ana Sá → Bruno Sá" in response.content.decode()


def test_a_closed_account_is_signed_out_at_once_and_can_come_back(cast, client_of):
    ana = client_of(cast.ana)
    assert ana.get(reverse("people_index")).status_code == 200
    values = form_of(cast.ana)
    values.pop("is_active")
    nadia = client_of(cast.nadia)
    nadia.post(reverse("desk_person", args=[cast.ana.pk]), values)
    assert ana.get(reverse("people_index")).status_code == 302
    assert AuditEvent.objects.get().action == "person_closed"
    save(nadia, Person.objects.get(pk=cast.ana.pk))
    assert AuditEvent.objects.first().action == "person_opened"


def test_the_only_administrator_stays(cast, client_of):
    nadia = client_of(cast.nadia)
    values = form_of(cast.nadia, roles=["administrator"])
    values.pop("is_active")
    response = nadia.post(reverse("desk_person", args=[cast.nadia.pk]), values)
    assert response.status_code == 422
    assert "only administrator" in response.content.decode()
    assert save(nadia, cast.nadia, roles=[]).status_code == 422
    assert Person.objects.administrators().get() == cast.nadia
    RoleGrant.objects.create(person=cast.clara, role="administrator")
    assert save(nadia, cast.nadia, roles=[]).status_code == 302


def test_someone_new_can_be_added(cast, client_of):
    values = {
        "name": "Eva Reis",
        "email": "EVA@ardal.example",
        "is_active": "1",
        "roles": ["steward"],
    }
    assert client_of(cast.nadia).post(reverse("desk_person_new"), values).status_code == 302
    eva = Person.objects.get(email="eva@ardal.example")
    assert eva.has_role("steward")
    assert not eva.has_usable_password()
    assert [e.action for e in AuditEvent.objects.order_by("cursor")] == [
        "person_added",
        "role_granted",
    ]


def test_writing_at_the_desk_is_refused_to_everyone_else(cast, client_of):
    for person in (cast.ana, cast.bruno, cast.clara, cast.dinis):
        assert save(client_of(person), cast.ana, name="X").status_code == 403
        assert client_of(person).post(reverse("desk_person_new"), {}).status_code == 403
        assert client_of(person).post(reverse("desk_units"), {"name": "X"}).status_code == 403
    assert Person.objects.get(pk=cast.ana.pk).name == "Ana Sá"


def test_the_list_filters_and_searches(cast, client_of):
    Person.objects.filter(pk=cast.dinis.pk).update(is_active=False)
    cast.nadia.set_password("four words that differ")
    cast.nadia.save()
    nadia = client_of(cast.nadia)
    pages = {s: nadia.get(reverse("desk_people"), {"state": s}).content.decode() for s in
             ("all", "open", "waiting", "closed", "roles")}  # fmt: skip
    assert [page.count('scope="row"') for page in pages.values()] == [5, 1, 3, 1, 2]
    found = nadia.get(reverse("desk_people"), {"q": "finance"}).content.decode()
    assert found.count('scope="row"') == 1


def test_the_download_is_noted_and_no_cell_is_a_formula(cast, client_of):
    Person.objects.filter(pk=cast.ana.pk).update(name="=1+1", job_title="@home", site="-2")
    response = client_of(cast.nadia).get(reverse("desk_people_export"))
    text = b"".join(response.streaming_content).decode()
    rows = {row["email"]: row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))}
    assert len(rows) == 5
    ana = rows["ana@ardal.example"]
    assert (ana["name"], ana["job title"], ana["site"]) == ("'=1+1", "'@home", "'-2")
    assert ana["unit"] == "Ardal Water / Network"
    assert AuditEvent.objects.get().action == "people_exported"
    assert AuditEvent.objects.visible_to(cast.dinis).exists()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_each_risky_sign_is_made_harmless(sign):
    cells = next(csv.reader(io.StringIO(line([f"{sign}cmd"], ","), newline="")))
    assert cells == [f"'{sign}cmd"]


def test_units_are_added_moved_and_removed(cast, client_of):
    nadia = client_of(cast.nadia)
    nadia.post(reverse("desk_units"), {"name": "Divers", "parent": str(cast.network.pk)})
    divers = Unit.objects.get(name="Divers")
    Person.objects.filter(pk=cast.ana.pk).update(unit=divers)
    assert (
        nadia.post(
            reverse("desk_units"), {"name": "divers", "parent": str(cast.network.pk)}
        ).status_code
        == 422
    )
    move = {"name": "Network", "parent": str(cast.finance.pk)}
    assert nadia.post(reverse("desk_unit", args=[cast.network.pk]), move).status_code == 302
    assert Person.objects.in_unit(cast.finance).filter(pk=cast.ana.pk).exists()
    circle = {"name": "Finance", "parent": str(divers.pk)}
    assert nadia.post(reverse("desk_unit", args=[cast.finance.pk]), circle).status_code == 422
    nadia.post(reverse("desk_unit_delete", args=[divers.pk]))
    assert Unit.objects.filter(pk=divers.pk).exists()
    Person.objects.filter(unit=divers).update(unit=None)
    nadia.post(reverse("desk_unit_delete", args=[divers.pk]))
    assert not Unit.objects.filter(pk=divers.pk).exists()


def test_units_stand_twenty_deep_at_most(cast, client_of):
    nadia, lowest = client_of(cast.nadia), cast.network
    for depth in range(3, 21):
        lowest = Unit.objects.create(name=f"Under {depth}", parent=lowest)
    deeper = {"name": "Deeper", "parent": str(lowest.pk)}
    assert nadia.post(reverse("desk_units"), deeper).status_code == 422
    move = {"name": "Network", "parent": str(cast.finance.pk)}
    assert nadia.post(reverse("desk_unit", args=[cast.network.pk]), move).status_code == 422


@pytest.mark.parametrize("more", [0, 2])
def test_the_desk_asks_the_database_little(more, cast, client_of, django_assert_max_num_queries):
    for n in range(more):
        Person.objects.create_user(f"p{n}@x.example", name=f"P{n}", unit=cast.network)
    nadia = client_of(cast.nadia)
    with django_assert_max_num_queries(8):
        nadia.get(reverse("desk_people"))
    with django_assert_max_num_queries(8):
        nadia.get(reverse("desk_units"))
