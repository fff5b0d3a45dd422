"""Every page of people opens for whom it is meant, and is not there for anyone else."""

import pytest
from django.urls import reverse

from sapwood.people.models import ImportRun, RunState

OWN = ["people_index", "profile_edit", "visible"]
DESK = ["desk_people", "desk_person_new", "desk_people_export", "desk_units", "desk_privacy",
        "people_import"]  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_own_pages_open_for_everyone_signed_in(name, cast, client_of):
    for person in (cast.ana, cast.clara, cast.nadia):
        assert client_of(person).get(reverse(name)).status_code == 200
    assert client_of(None).get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", DESK)
def test_the_desk_is_there_for_administrators_only(name, cast, client_of):
    assert client_of(cast.nadia).get(reverse(name)).status_code == 200
    for person in (cast.ana, cast.bruno, cast.clara, cast.dinis):
        assert client_of(person).get(reverse(name)).status_code == 404
    assert client_of(None).get(reverse(name)).status_code == 302


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("import_apply", 403),
        ("import_hold", 403),
        ("import_delete", 403),
        ("import_again", 403),
        ("desk_unit_delete", 403),
    ],
)
def test_the_desk_is_written_by_administrators_only(name, states, cast, client_of):
    run = ImportRun.objects.create(file_name="x.csv", delimiter=",", encoding="utf-8", headers=[])
    address = reverse(name, kwargs={"pk": run.pk})
    for person in (cast.ana, cast.bruno, cast.clara, cast.dinis):
        assert client_of(person).post(address).status_code == states
    assert client_of(None).post(address).status_code == 302


@pytest.mark.parametrize("state", RunState.values)
def test_an_import_has_a_page_in_every_state(state, cast, client_of):
    run = ImportRun.objects.create(
        file_name="x.csv", delimiter=";", encoding="utf-8", headers=["E-mail"],
        columns={"email": 0}, state=state, total=3,
    )  # fmt: skip
    response = client_of(cast.nadia).get(reverse("import_show", kwargs={"pk": run.pk}), follow=True)
    assert response.status_code == 200
    htmx = client_of(cast.nadia).get(
        reverse("import_show", kwargs={"pk": run.pk}), headers={"HX-Request": "true"}, follow=True
    )
    assert htmx.status_code == 200


def test_pages_speak_portuguese(cast, client_of):
    cast.nadia.language = "pt"
    cast.nadia.save()
    for name in OWN + DESK:
        assert client_of(cast.nadia).get(reverse(name)).status_code == 200
