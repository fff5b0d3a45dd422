"""Nobody goes by a name that cannot be seen, or that turns the words after it."""

import pytest
from django.test import Client

from sapwood.people.desk.forms import PersonForm, UnitForm
from sapwood.people.doors.inviting import invite
from sapwood.people.doors.join_forms import JoinForm
from sapwood.people.doors.setup_forms import FirstRunForm
from sapwood.people.models import Person
from sapwood.people.profile.forms import ProfileForm

FORMS = [(JoinForm, "name"), (FirstRunForm, "person"), (FirstRunForm, "name"),
         (ProfileForm, "name"), (PersonForm, "name"), (UnitForm, "name")]  # fmt: skip


@pytest.mark.parametrize(("form", "field"), FORMS)
def test_a_name_is_asked_for_and_tidied(cast, form, field):
    unseen = form({field: "\u200b\u2060"})
    assert "Please fill this in." in unseen.errors[field]
    turned = form({field: "Eva \u202e  Re\u200bis"})
    assert field not in turned.errors
    assert turned.cleaned_data[field] == "Eva Reis"


def test_joining_without_a_name_that_shows_makes_nobody(cast):
    invitation = invite(cast.nadia, email="eva@ardal.example")
    data = {"name": "\u200b", "email": "eva@ardal.example", "password": ""}
    assert Client().post(f"/join/{invitation.token}/", data).status_code == 422
    assert not Person.objects.filter(email="eva@ardal.example").exists()


def test_the_words_of_a_profile_do_not_turn(cast):
    form = ProfileForm({"ask_about": "valves\u202e, pumps", "pronouns": "she\u202e"})
    form.is_valid()
    assert form.cleaned_data["ask_about"] == "valves, pumps"
    assert form.cleaned_data["pronouns"] == "she"


def test_a_name_too_long_says_how_much_room_there_is(db):
    said = JoinForm({"name": "a" * 121}).errors["name"]
    assert said == ["There is room for 120 characters here and this has 121."]
