"""Invitations and allowed domains: who comes in, once, and what a stranger learns (nothing)."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sapwood.people.doors.inviting import invite, let_in, withdraw
from sapwood.people.models import AuditEvent, Invitation, Person, Role

PASSWORD = "ferry lantern gravel"


def code_in(letter) -> str:
    return re.search(r"^    (\S+)$", letter.body, re.M).group(1)


def join(invitation: Invitation, **fields: str):
    client = Client()
    data = {"name": "Eva Reis", "email": "eva@ardal.example", "password": "", **fields}
    return client, client.post(f"/join/{invitation.token}/", data)


def test_addressed_link_lets_its_person_in_with_unit_and_role(cast):
    invitation = invite(cast.nadia, email="Eva@Ardal.example", unit=cast.finance, role="curator")
    page = Client().get(f"/join/{invitation.token}/").content.decode()
    assert 'value="eva@ardal.example"' in page
    assert "disabled" in page
    client, response = join(invitation, email="other@else.example", password=PASSWORD)
    assert response["Location"] == "/"
    eva = Person.objects.get(email="eva@ardal.example")
    assert eva.has_role("curator")
    assert eva.unit == cast.finance
    assert eva.check_password(PASSWORD)
    assert client.get("/account/2fa/").status_code == 200
    assert not Person.objects.filter(email="other@else.example").exists()


def test_a_role_comes_only_from_somebody_who_may_still_give_it(cast):
    invitation = invite(cast.nadia, email="eva@ardal.example", role="administrator")
    cast.nadia.role_grants.all().delete()
    join(invitation, password=PASSWORD)
    assert Person.objects.get(email="eva@ardal.example").roles == frozenset()


@pytest.mark.parametrize("password", ["short", "password1234", "eva@ardal.example"])
def test_weak_passwords_are_refused(cast, password):
    invitation = invite(cast.nadia, email="eva@ardal.example")
    assert join(invitation, password=password)[1].status_code == 422
    assert invitation.is_open(timezone.now())


def test_open_link_asks_for_proof_before_anybody_exists(cast):
    invitation = invite(cast.nadia, uses=2)
    client, response = join(invitation, password=PASSWORD)
    assert response["Location"] == "/join/code/"
    assert not Person.objects.filter(email="eva@ardal.example").exists()
    assert client.post("/join/code/", {"code": "BBBB-BBBB"}).status_code == 422
    assert client.post("/join/code/", {"code": code_in(mail.outbox[0])})["Location"] == "/"
    assert client.get("/account/2fa/").status_code == 200
    assert Person.objects.get(email="eva@ardal.example").check_password(PASSWORD)
    invitation.refresh_from_db()
    assert invitation.uses_left == 1


def test_five_wrong_codes_end_an_arrival(cast):
    client, _ = join(invite(cast.nadia, uses=2))
    for _n in range(5):
        client.post("/join/code/", {"code": "BBBB-BBBB"})
    assert client.post("/join/code/", {"code": code_in(mail.outbox[0])}).status_code == 410


def test_known_and_unknown_address_look_the_same_on_an_open_link(cast):
    seen = []
    for email in (cast.ana.email, "eva@ardal.example"):
        client, response = join(invite(cast.nadia, uses=2), email=email)
        page = client.get("/join/code/").content.decode().replace(email, "…")
        seen.append(
            (response.status_code, response["Location"], re.sub(r'"[A-Za-z0-9]{64}"', "", page))
        )
    assert seen[0] == seen[1]
    assert "already have an account" in mail.outbox[0].subject
    assert mail.outbox[1].subject == "Is this your address?"


@pytest.mark.parametrize("end", ["expired", "withdrawn", "used", "unknown"])
def test_closed_links_say_why_and_what_to_do(cast, end):
    now = timezone.now()
    invitation = invite(cast.nadia, email="eva@ardal.example", now=now - timedelta(days=15))
    if end != "expired":
        invitation.expires_at = now + timedelta(days=1)
        invitation.uses_left = 0 if end == "used" else 1
        invitation.save()
    if end == "withdrawn":
        withdraw(invitation, by=cast.nadia, now=now)
    token = "no-such-link" if end == "unknown" else invitation.token
    response = Client().get(f"/join/{token}/")
    assert response.status_code == (404 if end == "unknown" else 410)
    says = {
        "expired": "It worked until",
        "withdrawn": "taken it back",
        "used": "has been used",
        "unknown": "no such invitation",
    }
    assert says[end] in response.content.decode()
    assert "for a new one" in response.content.decode()
    posted = Client().post(f"/join/{token}/", {"name": "Eva", "email": "eva@ardal.example"})
    assert posted.status_code == response.status_code
    assert not Person.objects.filter(email="eva@ardal.example").exists()


def test_two_who_pass_the_form_together_share_no_place(cast):
    invitation = invite(cast.nadia)
    first, second = (Invitation.objects.get(pk=invitation.pk) for _ in range(2))
    now = timezone.now()
    got = [
        let_in(name="Eva", email="eva@ardal.example", invitation=first, now=now),
        let_in(name="Rui", email="rui@ardal.example", invitation=second, now=now),
    ]
    assert [person is not None for person in got] == [True, False]
    assert not Person.objects.filter(email="rui@ardal.example").exists()


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_through_a_one_use_link_let_in_one():
    nadia = Person.objects.create_user("nadia@ardal.example", name="Nadia")
    invitation = invite(nadia)

    def come(number: int) -> bool:
        email, now = f"p{number}@ardal.example", timezone.now()
        try:
            while True:
                try:
                    return bool(let_in(name="New", email=email, invitation=invitation, now=now))
                except OperationalError:  # SQLite in memory cannot wait for another thread
                    continue
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(come, range(10))) == 1
    assert Person.objects.exclude(pk=nadia.pk).count() == 1


def test_invitation_of_somebody_who_is_here_is_refused(cast):
    with pytest.raises(ValidationError):
        invite(cast.nadia, email="ANA@ardal.example")
    with pytest.raises(ValidationError):
        invite(cast.nadia, uses=5, role=Role.ADMINISTRATOR)


def test_desk_lists_makes_and_takes_back(cast, client_of):
    client = client_of(cast.nadia)
    page = "/desk/people/invitations/"
    assert client_of(cast.ana).get(page).status_code == 404
    sent = client.post(page, {"email": "eva@ardal.example", "send": "on", "uses": 1, "days": 14})
    assert sent.status_code == 302
    assert mail.outbox[0].to == ["eva@ardal.example"]
    invitation = Invitation.objects.get()
    assert f"/join/{invitation.token}/" in mail.outbox[0].body
    assert invitation.token in client.get(page).content.decode()
    assert client.post(page, {"email": cast.ana.email, "uses": 1, "days": 14}).status_code == 422
    away = f"/desk/people/invitations/{invitation.pk}/withdrawal/"
    assert client_of(cast.ana).post(away).status_code == 403
    client.post(away)
    invitation.refresh_from_db()
    assert not invitation.is_open(timezone.now())
    assert {"invited", "invitation_withdrawn"} <= set(
        AuditEvent.objects.values_list("action", flat=True)
    )


def test_list_costs_the_same_for_many(cast, client_of):
    client, costs = client_of(cast.nadia), []
    client.get("/desk/people/invitations/")
    for count in (1, 2):
        for _ in range(count):
            invite(cast.nadia, uses=3, unit=cast.finance)
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/people/invitations/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_signup_is_closed_until_a_domain_is_allowed(cast):
    response = Client().get("/account/signup/")
    assert response.status_code == 403
    assert "by invitation" in response.content.decode()
    assert (
        Client().post("/account/signup/", {"name": "E", "email": "e@x.example"}).status_code == 403
    )


def test_allowed_domain_may_join_and_others_may_not(cast):
    cast.organisation.allowed_domains = "ardal.example"
    cast.organisation.save()
    client = Client()
    away = client.post("/account/signup/", {"name": "Eva", "email": "eva@notardal.example"})
    assert away.status_code == 422
    data = {"name": "Eva Reis", "email": "eva@ARDAL.example", "password": ""}
    assert client.post("/account/signup/", data)["Location"] == "/join/code/"
    client.post("/join/code/", {"code": code_in(mail.outbox[0])})
    assert client.get("/account/2fa/").status_code == 200
    assert Person.objects.filter(email="eva@ardal.example").exists()
