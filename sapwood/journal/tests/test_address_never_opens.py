"""No administrator reaches a private entry by changing an address, at the desk or by import."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sapwood.people.importing.apply import apply_run, start
from sapwood.people.importing.plan import plan_run
from sapwood.people.importing.reading import read_file
from sapwood.people.models import AuditEvent, NewAddress, Person

ALIAS = "alias@ardal.example"
CODE = "/account/login/code/confirm/"


def by_desk(cast, client_of):
    ana = cast.ana
    client_of(cast.nadia).post(
        reverse("desk_person", args=[ana.pk]),
        {"name": ana.name, "email": ALIAS, "staff_number": "7", "unit": str(ana.unit_id),
         "manager_words": "", "is_active": "1"},
    )  # fmt: skip


def by_import(cast, client_of):
    Person.objects.filter(pk=cast.ana.pk).update(staff_number="7")
    data = f"email,name,staff number\n{ALIAS},Ana Sá,7".encode()
    run = read_file(io.BytesIO(data), name="people.csv", by=cast.nadia)
    plan_run(run)
    [row] = run.rows.exclude(number=0)
    assert ["email", "email_waits", {}] in row.problems
    start(run, by=cast.nadia, now=timezone.now(), add_new=True, change_known=True)
    apply_run(run.pk)


def ask_for_code(email, mailbox):
    """A browser that asked for a code, and the letters that were sent."""
    before = len(mailbox)
    browser = Client()
    browser.post("/account/login/", {"login": email, "password": ""})
    return browser, mailbox[before:]


def enter(email, mailbox):
    browser, [letter] = ask_for_code(email, mailbox)
    code = re.search(r"^    (\S+)$", letter.body, re.M).group(1)
    return browser, browser.post(CODE, {"code": code})


@pytest.fixture
def entry(write):
    return write()


@pytest.mark.parametrize("change", [by_desk, by_import])
def test_a_changed_address_opens_nothing_until_its_owner_says_so(
    change, entry, cast, client_of, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        change(cast, client_of)
    assert sorted(letter.to[0] for letter in mailoutbox) == [ALIAS, "ana@ardal.example"]
    assert all("Nothing has changed" in letter.body for letter in mailoutbox)
    assert Person.objects.get(pk=cast.ana.pk).email == "ana@ardal.example"
    assert AuditEvent.objects.filter(subject=cast.ana, action="address_asked").exists()

    stranger, letters = ask_for_code(ALIAS, mailoutbox)
    assert all("no account" in letter.subject for letter in letters)
    reset = len(mailoutbox)
    stranger.post("/account/password/reset/", {"email": ALIAS})
    assert all("no account" in letter.subject for letter in mailoutbox[reset:])
    assert stranger.get(reverse("journal_entry", args=[entry.pk])).status_code == 302
    told = len(mailoutbox)
    client_of(cast.nadia).post(reverse("desk_person_tell", args=[cast.ana.pk]))
    assert all(letter.to == ["ana@ardal.example"] for letter in mailoutbox[told:])


@pytest.mark.parametrize("change", [by_desk, by_import])
def test_its_owner_is_asked_and_may_confirm(change, entry, cast, client_of, mailoutbox):
    cast.ana.emailaddress_set.create(email=cast.ana.email, verified=True, primary=True)
    change(cast, client_of)
    browser, response = enter("ana@ardal.example", mailoutbox)
    assert response["Location"] == reverse("account_email")
    assert ALIAS in browser.get(reverse("account_email")).content.decode()
    browser.post(reverse("account_email"), {"email": ALIAS, "action_add": "1"})
    code = re.search(r"^    (\S+)$", mailoutbox[-1].body, re.M).group(1)
    assert mailoutbox[-1].to == [ALIAS]
    browser.post(reverse("account_email_verification_sent"), {"code": code})
    assert Person.objects.get(pk=cast.ana.pk).email == ALIAS
    browser, response = enter(ALIAS, mailoutbox)
    assert response["Location"] == "/"
    assert not NewAddress.objects.exists()


def test_its_owner_may_keep_the_address(entry, cast, client_of):
    by_desk(cast, client_of)
    client_of(cast.ana).post(reverse("keep_address"))
    assert not NewAddress.objects.exists()
    assert Person.objects.get(pk=cast.ana.pk).email == "ana@ardal.example"


def test_whoever_was_never_here_is_corrected_at_once(cast, client_of):
    by_desk(cast, client_of)
    assert Person.objects.get(pk=cast.ana.pk).email == ALIAS


def test_the_same_file_again_changes_nothing_and_makes_nobody(entry, cast, client_of):
    by_import(cast, client_of)
    for words in (f"{ALIAS},Ana Sá,7", f"{ALIAS},Ana Sá,"):
        data = f"email,name,staff number\n{words}".encode()
        run = read_file(io.BytesIO(data), name="people.csv", by=cast.nadia)
        plan_run(run)
        assert run.counts.get("same") == 1


def test_an_address_one_typed_but_never_proved_opens_nothing(entry, cast, client_of, mailoutbox):
    cast.ana.emailaddress_set.create(email=cast.ana.email, verified=True, primary=True)
    cast.ana.emailaddress_set.create(email=ALIAS, verified=False, primary=False)
    stranger, _letters = ask_for_code(ALIAS, mailoutbox)
    stranger.post("/account/login/code/", {"email": ALIAS})
    stranger.post("/account/password/reset/", {"email": ALIAS})
    assert mailoutbox
    assert all("no account" in letter.subject for letter in mailoutbox)


def test_the_desk_says_what_waits(entry, cast, client_of):
    by_desk(cast, client_of)
    page = client_of(cast.nadia).get(reverse("desk_person", args=[cast.ana.pk])).content.decode()
    assert f"{ALIAS} waits" in page
    assert "Nobody reads a journal by changing an address" in page
    mine = client_of(cast.ana).get(reverse("visible")).content.decode()
    assert "Wrote another address for you" in mine
    assert "A new address that waits for you" in mine
