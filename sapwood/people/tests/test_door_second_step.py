"""The second step: apps, recovery codes and passkeys, from the first form to signing in."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client

from sapwood.people.tests.soft_key import SoftKey

PASSWORD = "ferry lantern gravel"


@pytest.fixture
def ana(cast):
    cast.ana.set_password(PASSWORD)
    cast.ana.save()
    cast.ana.emailaddress_set.create(email=cast.ana.email, verified=True, primary=True)
    return cast.ana


@pytest.fixture
def browser(ana) -> Client:
    """Signed in, and asked for the password once more."""
    client = Client()
    client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def code_of(secret: str, step: int = 0) -> str:
    counter = next(iter(yield_hotp_counters_from_time())) + step
    return format_hotp_value(hotp_value(secret, counter))


def question_on(page: str) -> dict:
    found = re.search(r'<script type="application/json">(.*?)</script>', page, re.S)
    return json.loads(found.group(1))


def connect_app(browser: Client) -> str:
    page = browser.get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>(\w+)</code>", page).group(1)
    assert "data:image/svg+xml" in page
    response = browser.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert response["Location"] == "/account/2fa/recovery-codes/"
    return secret


def test_sensitive_pages_ask_for_the_password_again(ana):
    client = Client()
    client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
    response = client.get("/account/2fa/totp/activate/")
    assert response["Location"].startswith("/account/reauthenticate/")
    assert "Is it you" in client.get(response["Location"]).content.decode()
    wrong = client.post("/account/reauthenticate/", {"password": "wrong wrong wrong"})
    assert "not your password" in wrong.content.decode()


@pytest.mark.django_db(transaction=True)
def test_app_guards_the_account_and_its_secret_is_encrypted(browser, ana):
    secret = connect_app(browser)
    kept = Authenticator.objects.get(user=ana, type="totp").data["secret"]
    assert secret not in kept
    assert [m.subject for m in mail.outbox][:1] == ["An app was connected"]
    client = Client()
    first = client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
    assert first["Location"] == "/account/2fa/authenticate/"
    assert client.get("/account/sessions/").status_code == 302
    assert "One more step" in client.get(first["Location"]).content.decode()
    assert client.post(first["Location"], {"code": "000000"}).status_code == 200
    assert client.post(first["Location"], {"code": code_of(secret, 1)}).status_code == 302
    assert client.get("/account/sessions/").status_code == 200


def test_recovery_code_works_once(browser, ana):
    connect_app(browser)
    codes = re.findall(r"<li><code>(\d+)</code>", browser.get(
        "/account/2fa/recovery-codes/").content.decode())  # fmt: skip
    assert len(codes) == 10
    text = browser.get("/account/2fa/recovery-codes/download/")
    assert text.content.decode().split() == codes
    for works in (True, False):
        client = Client()
        client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
        done = client.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert (done.status_code == 302) is works
    assert browser.post("/account/2fa/recovery-codes/generate/").status_code == 302
    fresh = browser.get("/account/2fa/recovery-codes/").content.decode()
    assert codes[1] not in fresh


def test_app_can_be_disconnected(browser, ana):
    connect_app(browser)
    assert "Disconnect the app" in browser.get("/account/2fa/totp/deactivate/").content.decode()
    browser.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=ana).exists()


def add_passkey(browser: Client) -> SoftKey:
    key = SoftKey()
    page = browser.get("/account/2fa/webauthn/add/").content.decode()
    answer = key.create(question_on(page)["creation_options"])
    form = {"name": "My phone", "passwordless": "on", "credential": json.dumps(answer)}
    assert browser.post("/account/2fa/webauthn/add/", form).status_code == 302
    return key


def test_passkey_is_added_listed_renamed_and_signs_in(browser, ana):
    key = add_passkey(browser)
    kept = Authenticator.objects.get(user=ana, type="webauthn")
    assert "My phone" in browser.get("/account/2fa/webauthn/").content.decode()
    browser.post(f"/account/2fa/webauthn/keys/{kept.pk}/edit/", {"name": "Blue key"})
    assert "Blue key" in browser.get("/account/2fa/webauthn/").content.decode()

    stranger = Client()
    address = "/account/2fa/webauthn/login/"
    asked = stranger.get(address, headers={"accept": "application/json"}).json()
    answer = key.get(asked["request_options"])
    done = stranger.post(address, {"credential": json.dumps(answer)})
    assert done["Location"] == "/"
    assert stranger.get("/account/sessions/").status_code == 200


def test_passkey_of_nobody_does_not_sign_in(cast):
    client = Client()
    address = "/account/2fa/webauthn/login/"
    asked = client.get(address, headers={"accept": "application/json"}).json()
    answer = SoftKey().get(asked["request_options"])
    assert client.post(address, {"credential": json.dumps(answer)})["Location"] == "/account/login/"
    assert client.get("/account/sessions/").status_code == 302


def test_passkey_is_the_second_step_and_proves_again(browser, ana):
    key = add_passkey(browser)
    client = Client()
    client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
    page = client.get("/account/2fa/authenticate/").content.decode()
    answer = key.get(question_on(page)["request_options"])
    assert (
        client.post("/account/2fa/authenticate/", {"credential": json.dumps(answer)})["Location"]
        == "/"
    )
    page = client.get("/account/2fa/webauthn/reauthenticate/?next=/account/2fa/").content.decode()
    answer = key.get(question_on(page)["request_options"])
    form = {"credential": json.dumps(answer), "next": "/account/2fa/"}
    assert client.post("/account/2fa/webauthn/reauthenticate/", form)["Location"] == "/account/2fa/"
    kept = Authenticator.objects.get(user=ana, type="webauthn")
    away = f"/account/2fa/webauthn/keys/{kept.pk}/remove/"
    assert "Blue" not in client.get(away).content.decode()
    assert client.post(away)["Location"] == "/account/2fa/webauthn/"
    assert not Authenticator.objects.filter(user=ana, type="webauthn").exists()


def test_keys_of_others_are_not_there(browser, ana, cast, client_of):
    add_passkey(browser)
    kept = Authenticator.objects.get(user=ana, type="webauthn")
    stranger = client_of(cast.dinis)
    for what in ("edit", "remove"):
        assert stranger.post(f"/account/2fa/webauthn/keys/{kept.pk}/{what}/").status_code == 404
    assert Authenticator.objects.filter(pk=kept.pk).exists()


def test_address_changes_only_after_its_code(browser, ana, cast):
    page = browser.get("/account/email/").content.decode()
    assert ana.email in page
    asked = browser.post("/account/email/", {"email": "ana.sa@ardal.example", "action_add": "1"})
    assert asked["Location"] == "/account/confirm-email/"
    ana.refresh_from_db()
    assert ana.email == "ana@ardal.example"
    code = re.search(r"^    (\S+)$", mail.outbox[-1].body, re.M).group(1)
    assert "Is this your address" in browser.get("/account/confirm-email/").content.decode()
    browser.post("/account/confirm-email/", {"code": code})
    ana.refresh_from_db()
    assert ana.email == "ana.sa@ardal.example"
    assert any(m.to == ["ana@ardal.example"] and "changed" in m.subject for m in mail.outbox)


def test_somebody_elses_address_cannot_be_taken_and_is_not_told(browser, ana, cast):
    answers = []
    for email in (cast.dinis.email, "free@ardal.example"):
        answers.append(
            browser.post("/account/email/", {"email": email, "action_add": "1"})["Location"]
        )
        browser.post("/account/confirm-email/", {"code": "BBBB-BBBB"})
    assert answers[0] == answers[1]
    ana.refresh_from_db()
    assert ana.email == "ana@ardal.example"
