"""After erasure no table holds a trace: not the name, not the address, not a word of theirs."""

import io
import json
import re
import zipfile

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from sapwood.people.erasure import OnlyAdministratorError, erase_person
from sapwood.people.models import AuditEvent, ImportRow, Invitation, Person, RoleGrant
from sapwood.people.profile.photos import set_photo
from sapwood.people.tests.test_importing_plan import planned

TRACES = ["Zebedeu", "zebedeu@ardal.example", "Z-4711", "xylophone tuning", "zim/zir"]


def everything_stored():
    """Every value of every text-like column of the raw database, with its table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    if isinstance(value, bytes | memoryview):
                        yield table, bytes(value).decode("latin-1")
                    elif value is not None:
                        yield table, str(value)


def traces_of(*words):
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    return sorted({table for table, text in everything_stored() if pattern.search(text)})


@pytest.fixture
def zebedeu(cast):
    person = Person.objects.create_user(
        "zebedeu@ardal.example", name="Zebedeu Xavier", staff_number="Z-4711", unit=cast.network,
        ask_about="xylophone tuning", pronouns="zim/zir", manager=cast.bruno, speaks="Zulu",
    )  # fmt: skip
    Person.objects.filter(pk=cast.ana.pk).update(manager=person)
    RoleGrant.objects.create(person=person, role="curator", granted_by=cast.nadia)
    set_photo(person, b"Zebedeu-pixels")
    AuditEvent.write("person_changed", actor=cast.nadia, subject=person, fields=["unit"])
    AuditEvent.write("person_changed", actor=person, subject=cast.ana, fields=["unit"])
    Invitation.objects.create(email="Zebedeu@ardal.example", expires_at=timezone.now())
    Invitation.objects.create(email="x@x.example", invited_by=person, expires_at=timezone.now())
    planned(
        "zebedeu@ardal.example,Zebedeu Xavier,Z-4711,Finance,,Tuner",
        "ana@ardal.example,Ana Sá,,Network,zebedeu@ardal.example,",
        "dinis@ardal.example,Dinis Sá,,Finance,z-4711,",
    )
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    return person


def test_no_trace_is_left_in_any_table(zebedeu, cast):
    assert len(traces_of(*TRACES)) >= 4
    erase_person(Person.objects.get(pk=zebedeu.pk))
    assert traces_of(*TRACES) == []
    stays = Person.objects.get(pk=zebedeu.pk)
    assert stays.name == "Someone who left"
    assert not stays.is_active
    assert not stays.has_usable_password()
    assert Person.objects.get(pk=cast.ana.pk).manager is None
    assert AuditEvent.is_unbroken()


def test_rows_of_colleagues_in_an_import_stay_without_the_name(zebedeu, cast):
    erase_person(zebedeu)
    rows = ImportRow.objects.exclude(number=0)
    assert [row.name for row in rows] == ["Ana Sá", "Dinis Sá"]
    assert [row.cells[4] for row in rows] == ["", ""]


def test_sessions_end_with_the_person(zebedeu, client_of):
    browser = client_of(zebedeu)
    assert browser.get(reverse("visible")).status_code == 200
    erase_person(Person.objects.get(pk=zebedeu.pk))
    assert browser.get(reverse("visible")).status_code == 302


def test_the_only_administrator_cannot_go(cast):
    with pytest.raises(OnlyAdministratorError):
        erase_person(cast.nadia)
    RoleGrant.objects.create(person=cast.clara, role="administrator")
    erase_person(Person.objects.get(pk=cast.nadia.pk))
    assert Person.objects.administrators().get() == cast.clara


def proved(client, person):
    """The client of someone who signed in a moment ago."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "code", "at": timezone.now().timestamp(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = user_id_to_str(person)
    session.save()
    return client


def test_erasing_oneself_asks_for_proof_and_the_address(cast, client_of):
    ana = client_of(cast.ana)
    address = reverse("erase_me")
    assert ana.post(address, {"email": cast.ana.email}).status_code == 403
    assert ana.get(address).status_code == 405
    proved(ana, cast.ana)
    wrong = ana.post(address, {"email": "someone@else.example"})
    assert wrong.status_code == 422
    assert "Nothing was erased" in wrong.content.decode()
    assert ana.post(address, {"email": " ANA@ardal.example "}).status_code == 302
    assert Person.objects.get(pk=cast.ana.pk).name == "Someone who left"
    assert ana.get(reverse("visible")).status_code == 302


def test_the_only_administrator_reads_why_not(cast, client_of):
    nadia = proved(client_of(cast.nadia), cast.nadia)
    response = nadia.post(reverse("erase_me"), {"email": cast.nadia.email})
    assert response.status_code == 422
    assert "only administrator" in response.content.decode()


def test_people_with_a_password_are_asked_for_it(cast, client_of):
    cast.ana.set_password("a long and quiet word")
    cast.ana.save()
    response = client_of(cast.ana).post(reverse("erase_me"), {"email": cast.ana.email})
    assert response.status_code == 302
    assert "reauthenticate" in response.headers["Location"]


def test_everything_can_be_taken_along(zebedeu, client_of):
    browser = client_of(zebedeu)
    assert browser.post(reverse("take_everything")).status_code == 403
    response = proved(browser, zebedeu).post(reverse("take_everything"))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    data = json.loads(archive.read("everything.json"))["data"]
    assert data["people.person"][0]["ask_about"] == "xylophone tuning"
    assert data["people.rolegrant"][0]["role"] == "curator"
    assert b"Zebedeu-pixels" in archive.read("files/photo-photo.webp")
    html = archive.read("everything.html").decode()
    assert "xylophone tuning" in html
    assert "Curator" in html
    assert AuditEvent.objects.filter(action="copy_taken", subject=zebedeu).exists()
