"""Telling people that their place is ready: when asked, once an address, in words."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from sapwood.people.models import AuditEvent, Invitation, Person

PAGE = "/desk/people/invitations/"
FORM = {"send": "on", "uses": 1, "days": 14}


@pytest.fixture
def dinis_came(cast):
    EmailAddress.objects.create(user=cast.dinis, email=cast.dinis.email, verified=True)
    return cast.dinis


def waiting() -> set[str]:
    return set(Person.objects.waiting_to_sign_in().values_list("email", flat=True))


def test_whoever_proved_an_address_or_has_a_password_waits_no_more(cast, dinis_came):
    cast.clara.set_password("four words that differ")
    cast.clara.save()
    Person.objects.filter(pk=cast.bruno.pk).update(is_active=False)
    assert waiting() == {cast.ana.email, cast.nadia.email}
    assert cast.ana.waits_to_sign_in
    assert not dinis_came.waits_to_sign_in


def test_inviting_somebody_who_never_came_tells_them_how(cast, client_of):
    client = client_of(cast.nadia)
    assert client.post(PAGE, FORM | {"email": "ANA@ardal.example"}).status_code == 302
    letter = mail.outbox[0]
    assert letter.to == [cast.ana.email]
    assert "is ready" in letter.subject
    assert "/account/login/" in letter.body
    assert cast.ana.email in letter.body
    assert cast.nadia.name in letter.body
    assert not Invitation.objects.exists()
    assert AuditEvent.objects.visible_to(cast.ana).get().action == "told_to_sign_in"
    assert "Wrote to you how" in client_of(cast.ana).get("/what-others-can-see/").content.decode()


@pytest.mark.parametrize("change", [{"send": ""}, {"role": "steward"}])
def test_nothing_is_sent_without_asking_and_nothing_is_dropped_in_silence(cast, client_of, change):
    form = FORM | {"email": cast.ana.email} | change
    assert client_of(cast.nadia).post(PAGE, form).status_code == 422
    assert not mail.outbox


def test_the_button_on_the_desk_page(cast, client_of, dinis_came):
    client, letter = client_of(cast.nadia), f"/desk/people/{cast.ana.pk}/letter/"
    page = client.get(f"/desk/people/{cast.ana.pk}/").content.decode()
    assert letter in page
    assert "Nobody has written to them" in page
    assert client_of(cast.ana).post(letter).status_code == 403
    assert not mail.outbox
    client.post(letter)
    assert mail.outbox[0].to == [cast.ana.email]
    assert (
        "Somebody wrote to them on" in client.get(f"/desk/people/{cast.ana.pk}/").content.decode()
    )
    assert "/letter/" not in client.get(f"/desk/people/{dinis_came.pk}/").content.decode()
    client.post(f"/desk/people/{dinis_came.pk}/letter/")
    assert len(mail.outbox) == 1


def test_the_list_says_who_has_not_come_yet(cast, client_of, dinis_came):
    client = client_of(cast.nadia)
    page = client.get("/desk/people/", {"state": "waiting"}).content.decode()
    assert cast.ana.email in page
    assert dinis_came.email not in page
    page = client.get("/desk/people/", {"state": "open"}).content.decode()
    assert dinis_came.email in page
    assert cast.ana.email not in page


def test_five_at_once_with_an_answer_for_each(cast, client_of, dinis_came):
    Person.objects.filter(pk=cast.bruno.pk).update(is_active=False)
    client = client_of(cast.nadia)
    lines = f"eva@ardal.example\n{cast.ana.email}\n{dinis_came.email}\n{cast.bruno.email}\nnobody"
    assert client.post("/setup/first-five/", {"addresses": lines}).status_code == 302
    assert [letter.to for letter in mail.outbox] == [["eva@ardal.example"], [cast.ana.email]]
    page = client.get("/setup/").content.decode()
    for words in ("Was not here yet: invited.", "told how.", "Signs in already.", "is closed",
                  "not an e-mail address", "No mail server is set"):  # fmt: skip
        assert words in page
    assert "Was not here yet" not in client.get("/setup/").content.decode()


def test_six_are_too_many_and_others_may_not(cast, client_of):
    six = "\n".join(f"p{n}@ardal.example" for n in range(6))
    assert client_of(cast.nadia).post("/setup/first-five/", {"addresses": six}).status_code == 422
    one = {"addresses": "eva@ardal.example"}
    assert client_of(cast.ana).post("/setup/first-five/", one).status_code == 403
    assert not mail.outbox


def test_a_mail_server_that_does_not_answer_is_told(cast, client_of, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client = client_of(cast.nadia)
    client.post("/setup/first-five/", {"addresses": cast.ana.email})
    assert "did not take the letter" in client.get("/setup/").content.decode()
    assert not AuditEvent.objects.exists()
