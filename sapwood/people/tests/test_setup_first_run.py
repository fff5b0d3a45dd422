"""The first run: nothing is open before it, and its link works once."""

import re
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client

from sapwood.people.doors import first_run
from sapwood.people.doors.first_run import first_run_link
from sapwood.people.models import Organisation, Person

FORM = {
    "name": "Ardal Water",
    "language": "pt",
    "time_zone": "Europe/Lisbon",
    "person": "Nadia Haddad",
    "email": "Nadia@ardal.example",
    "password": "ferry lantern gravel",
}


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def open_link(link: str) -> Client:
    client = Client()
    response = client.get(re.sub(r"^https?://[^/]+", "", link))
    assert response["Location"] == "/setup/"
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/", "/account/login/", "/account/signup/", "/nowhere/", "/join/some-token/", "/journal/"],
)
def test_every_page_leads_to_the_setup_page(path):
    response = Client().get(path)
    assert response.status_code == 302
    assert response["Location"] == "/setup/"
    assert Client().post(path)["Location"] == "/setup/"


@pytest.mark.django_db
def test_setup_page_says_how_and_shows_no_form():
    page = Client().get("/setup/").content.decode()
    assert "one-time" in page or "console" in page
    assert "<form" not in page.split("<main")[1]
    assert Client().post("/setup/", FORM).status_code == 200
    assert not Person.objects.exists()
    assert Client().get("/readyz").status_code == 200


@pytest.mark.django_db
def test_link_opens_the_form_and_makes_the_first_administrator(settings):
    client = open_link(first_run_link())
    assert "ferry" not in client.get("/setup/").content.decode()
    done = client.post("/setup/", FORM)
    assert (done.status_code, done["Location"]) == (302, "/setup/")
    nadia = Person.objects.get()
    assert (nadia.email, nadia.name, nadia.is_administrator) == (
        "nadia@ardal.example", "Nadia Haddad", True,
    )  # fmt: skip
    assert nadia.named_self
    organisation = Organisation.objects.get()
    assert organisation.is_set_up
    assert (organisation.name, organisation.language) == ("Ardal Water", "pt")
    assert client.get("/setup/").status_code == 200
    assert not mail.outbox
    assert first_run_link() is None
    again = Client()
    sign_in = {"login": "nadia@ardal.example", "password": FORM["password"]}
    assert again.post("/account/login/", sign_in)["Location"] == "/"


@pytest.mark.django_db
def test_link_works_once_and_the_last_one_only():
    old, new = first_run_link(), first_run_link()
    assert "console" in open_link(old).get("/setup/").content.decode()
    first, second = open_link(new), open_link(new)
    first.post("/setup/", FORM)
    late = second.post("/setup/", FORM | {"email": "mallory@else.example"})
    assert late.status_code in (302, 404)
    assert Person.objects.count() == 1
    assert open_link(new).get("/setup/")["Location"].startswith("/account/login/")


@pytest.mark.django_db
def test_secret_is_kept_hashed_and_readable_by_us_only(tmp_path: Path):
    secret = first_run_link().rstrip("/").rsplit("/", 1)[1]
    kept = tmp_path / "first_run"
    assert secret not in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0
    assert not first_run.fits("something else")
    assert first_run.use_up(secret)
    assert not first_run.use_up(secret)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [("password", "short"), ("password", "password1234"), ("time_zone", "Moon/Sea"),
     ("email", "no address"), ("name", ""), ("language", "xx")],
)  # fmt: skip
def test_wrong_answers_keep_the_link(field, value):
    client = open_link(first_run_link())
    response = client.post("/setup/", FORM | {field: value})
    assert response.status_code == 422
    assert not Person.objects.exists()
    assert client.post("/setup/", FORM).status_code == 302


@pytest.mark.django_db
def test_somebody_imported_before_becomes_the_administrator():
    Person.objects.create_user("nadia@ardal.example", name="N. Haddad")
    open_link(first_run_link()).post("/setup/", FORM)
    nadia = Person.objects.get()
    assert nadia.is_administrator
    assert nadia.check_password(FORM["password"])
