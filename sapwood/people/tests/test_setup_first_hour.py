"""The first hour: steps done by facts, numbers that protect, and letters that really leave."""

import pytest
from django.core import mail

from sapwood.core.jobs import job
from sapwood.people.doors.first_hour import steps
from sapwood.people.doors.health import where_letters_stay
from sapwood.people.doors.inviting import invite
from sapwood.people.models import AuditEvent, Organisation, Person


def done(cast) -> dict[str, bool]:
    return {step.key: step.done for step in steps(Organisation.current(), cast.nadia)}


def test_only_administrators_see_and_change_it(cast, client_of):
    for person in (cast.ana, cast.clara):
        client = client_of(person)
        assert client.get("/setup/").status_code == 404
        assert client.get("/setup/place/").status_code == 404
        for path in ("privacy", "domains", "email-test"):
            assert client.post(f"/setup/{path}/").status_code == 403
    assert client_of(None).get("/setup/")["Location"].startswith("/account/login/")


def test_page_shows_measured_facts(cast, client_of):
    page = client_of(cast.nadia).get("/setup/").content.decode()
    assert "None waiting" in page
    assert "SQLite" in page or "PostgreSQL" in page
    assert "Nadia Sá" in page


def test_steps_are_done_when_the_rows_say_so(cast, client_of):
    before = done(cast)
    assert before["place"]
    assert before["people"]
    assert not before["privacy"]
    assert not before["door"]
    client = client_of(cast.nadia)
    client.post("/setup/privacy/", {"minimum_group": 6, "minimum_answers": 12})
    invite(cast.nadia, email="eva@ardal.example")
    after = done(cast)
    assert after["privacy"]
    assert after["door"]
    organisation = Organisation.objects.get()
    assert (organisation.minimum_group, organisation.minimum_answers) == (6, 12)
    assert AuditEvent.objects.filter(action="privacy_agreed", actor=cast.nadia).exists()


@pytest.mark.parametrize("field", ["minimum_group", "minimum_answers"])
def test_groups_never_go_under_three(cast, client_of, field):
    numbers = {"minimum_group": 5, "minimum_answers": 10} | {field: 2}
    response = client_of(cast.nadia).post("/setup/privacy/", numbers)
    assert response.status_code == 422
    assert getattr(Organisation.objects.get(), field) >= 3


def test_place_can_be_changed(cast, client_of):
    client = client_of(cast.nadia)
    form = {"name": "Água de Ardal", "language": "pt", "time_zone": "Atlantic/Azores"}
    assert client.post("/setup/place/", form).status_code == 302
    assert Organisation.objects.get().time_zone == "Atlantic/Azores"
    assert client.post("/setup/place/", form | {"time_zone": "x"}).status_code == 422


def test_domains_are_folded_and_checked(cast, client_of):
    client = client_of(cast.nadia)
    client.post("/setup/domains/", {"allowed_domains": "@Ardal.example, water.example"})
    assert Organisation.objects.get().domains == ["ardal.example", "water.example"]
    assert client.post("/setup/domains/", {"allowed_domains": "not a domain"}).status_code == 422
    client.post("/setup/domains/", {"allowed_domains": ""})
    assert Organisation.objects.get().domains == []


def test_test_letter_reaches_the_administrator(cast, client_of):
    client_of(cast.nadia).post("/setup/email-test/")
    assert mail.outbox[0].to == [cast.nadia.email]


def test_test_letter_tells_what_went_wrong(cast, client_of, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client = client_of(cast.nadia)
    client.post("/setup/email-test/")
    assert "did not take it" in client.get("/setup/").content.decode()


@job()
def wait_a_little() -> None:
    """A job for the health panel."""


def test_waiting_jobs_are_counted(cast, client_of):
    wait_a_little.enqueue()
    assert "1 waiting" in client_of(cast.nadia).get("/setup/").content.decode()


def test_sample_people_do_not_count_as_people(cast):
    Person.objects.exclude(pk=cast.nadia.pk).update(is_sample=True)
    assert not done(cast)["people"]


def test_letters_kept_as_files_are_said_to_be_there(cast, client_of, settings, tmp_path):
    assert "on the console of this computer" in where_letters_stay()
    settings.EMAIL_FILE_PATH = str(tmp_path)
    page = client_of(cast.nadia).get("/setup/").content.decode()
    assert f"letters are kept as files in {tmp_path}" in page
    assert "console" not in page.split("<main")[1]
