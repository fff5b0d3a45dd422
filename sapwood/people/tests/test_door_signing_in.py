"""Signing in: password, code, lockout, and pages that never tell who is known."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.test import Client

LOGIN = "/account/login/"
CODE = "/account/login/code/confirm/"
PASSWORD = "ferry lantern gravel"


@pytest.fixture
def ana(cast) -> object:
    cast.ana.set_password(PASSWORD)
    cast.ana.save()
    cast.ana.emailaddress_set.create(email=cast.ana.email, verified=True, primary=True)
    return cast.ana


def try_in(client: Client, email: str, password: str, address: str = "10.0.0.1"):
    return client.post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=address)


def plain(page: str) -> str:
    """The page without the token that is new each time."""
    return re.sub(r'(value|content)="[A-Za-z0-9]{64}"', "", page)


def code_in(letter: object) -> str:
    return re.search(r"^    (\S+)$", letter.body, re.M).group(1)


def test_password_opens_and_rotates_the_session(client, ana):
    client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    before = client.cookies["sapwood"].value
    response = try_in(client, "Ana@Ardal.example", PASSWORD)
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.cookies["sapwood"].value != before
    assert client.get("/account/sessions/").status_code == 200
    client.cookies["sapwood"] = before
    assert client.get("/account/sessions/").status_code == 302


def test_sign_out_ends_the_session(client, ana):
    try_in(client, ana.email, PASSWORD)
    key = client.cookies["sapwood"].value
    assert client.post("/account/logout/")["Location"] == LOGIN
    client.cookies["sapwood"] = key
    assert client.get("/account/sessions/").status_code == 302


def test_code_by_email_opens_without_a_password(client, cast):
    response = client.post(LOGIN, {"login": cast.bruno.email, "password": ""})
    assert response["Location"] == CODE
    assert [m.to for m in mail.outbox] == [[cast.bruno.email]]
    assert mail.outbox[0].alternatives
    wrong = client.post(CODE, {"code": "BBBB-BBBB"})
    assert "not the code" in wrong.content.decode()
    assert client.post(CODE, {"code": code_in(mail.outbox[0]).lower()})["Location"] == "/"
    assert client.get("/account/2fa/").status_code == 200


def test_three_wrong_codes_end_the_code(client, cast):
    client.post(LOGIN, {"login": cast.bruno.email, "password": ""})
    for _ in range(3):
        client.post(CODE, {"code": "BBBB-BBBB"})
    client.post(CODE, {"code": code_in(mail.outbox[0])})
    assert client.get("/account/2fa/").status_code == 302


def test_eight_wrong_tries_lock_that_pair_only(client, cast, ana):
    for _ in range(8):
        response = try_in(client, "ANA@ardal.example", "wrong wrong wrong")
    assert response.status_code == 429
    assert "quarter of an hour" in response.content.decode()
    assert try_in(Client(), ana.email, PASSWORD).status_code == 429
    assert try_in(Client(), ana.email, PASSWORD, "10.0.0.2").status_code == 302
    assert try_in(Client(), cast.dinis.email, "wrong wrong wrong").status_code == 200


def test_an_endless_address_is_a_wrong_try_like_any_other(client, cast):
    endless = f"a@{'b' * 62}.{'c' * 62}.{'d' * 62}.{'e' * 62}.example"
    assert len(endless) > 255
    assert try_in(client, endless, "x").status_code == 200
    assert AccessAttempt.objects.get().username == endless[:255]


def test_lock_opens_after_its_time(client, ana):
    for _ in range(8):
        try_in(client, ana.email, "wrong wrong wrong")
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= 2 * timedelta(minutes=15)
        attempt.save()
    assert try_in(Client(), ana.email, PASSWORD).status_code == 302


@pytest.fixture
def hashes(monkeypatch) -> Iterator[list[str]]:
    """Counts the hashing that a try costs; the real work is done."""
    done: list[str] = []
    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)

        def counted(self, *args, _real=real, _name=name):
            done.append(_name)
            return _real(self, *args)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    return done


def test_unknown_known_and_codeonly_answer_and_cost_alike(client, cast, ana, hashes):
    answers = []
    for email in ("ana@ardal.example", "nobody@ardal.example", cast.dinis.email):
        hashes.clear()
        page = try_in(Client(), email, "wrong wrong wrong")
        text = plain(page.content.decode()).replace(email, "…")
        answers.append((page.status_code, text, len(hashes)))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][2] == 1


@pytest.mark.parametrize(
    ("path", "field"),
    [(LOGIN, "login"), ("/account/login/code/", "email"), ("/account/password/reset/", "email")],
)
def test_asking_by_email_never_tells_who_is_known(cast, path, field):
    seen = []
    for email in (cast.ana.email, "stranger@else.example"):
        client = Client()
        answer = client.post(path, {field: email, "password": ""})
        page = client.get(answer["Location"]).content.decode().replace(email, "…")
        seen.append((answer.status_code, answer["Location"], plain(page)))
    assert seen[0] == seen[1]
    assert [m.to for m in mail.outbox] == [[cast.ana.email], ["stranger@else.example"]]


def test_closed_account_cannot_come_in(client, ana):
    ana.is_active = False
    ana.save()
    try_in(client, ana.email, PASSWORD)
    client.post(LOGIN, {"login": ana.email, "password": ""})
    assert client.get("/account/2fa/").status_code == 302


def test_password_reset_by_link_works_once(client, ana):
    client.post("/account/password/reset/", {"email": ana.email})
    link = re.search(r"http://\S+", mail.outbox[0].body).group(0).replace("http://testserver", "")
    form = client.get(link)["Location"]
    short = client.post(form, {"password1": "too short"})
    assert "12" in short.content.decode()
    common = client.post(form, {"password1": "password1234"})
    assert common.status_code == 200
    done = client.post(form, {"password1": "quarry violet anchor"})
    assert done.status_code == 302
    assert "longer works" in Client().get(link).content.decode()
    assert try_in(Client(), ana.email, "quarry violet anchor").status_code == 302
    ana.refresh_from_db()
    assert ana.password.startswith("argon2")


def test_changing_the_password_ends_other_sessions(ana):
    here, there = Client(), Client()
    for browser in (here, there):
        try_in(browser, ana.email, PASSWORD)
    new = {"oldpassword": PASSWORD, "password1": "quarry violet anchor"}
    assert here.post("/account/password/change/", new).status_code == 302
    assert here.get("/account/2fa/").status_code == 200
    assert there.get("/account/2fa/").status_code == 302


def test_sessions_can_be_ended_one_by_one_and_all(ana, cast, client_of):
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    here, phone, kiosk = Client(), Client(headers={"user-agent": agent}), Client()
    for browser in (here, phone, kiosk):
        try_in(browser, ana.email, PASSWORD)
    page = here.get("/account/sessions/").content.decode()
    assert "Firefox on Linux" in page
    mine = ana.usersession_set.get(user_agent=agent)
    stranger = Client()
    stranger.force_login(cast.dinis, "sapwood.people.backend.PersonBackend")
    assert stranger.post(f"/account/sessions/{mine.pk}/end/").status_code == 404
    here.post(f"/account/sessions/{mine.pk}/end/")
    assert phone.get("/account/2fa/").status_code == 302
    assert kiosk.get("/account/2fa/").status_code == 200
    here.post("/account/sessions/")
    assert kiosk.get("/account/2fa/").status_code == 302
    assert here.get("/account/2fa/").status_code == 200


def test_mail_server_down_says_so_and_nothing_else(client, cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    pages = []
    for email in (cast.ana.email, "stranger@else.example"):
        browser = Client()
        browser.post(LOGIN, {"login": email, "password": ""})
        pages.append(browser.get(CODE).content.decode())
    assert all("could not be sent" in page for page in pages)
