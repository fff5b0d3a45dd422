"""The first run: the link from the console, then the organisation and its first administrator."""

from typing import cast

from allauth.account.models import EmailAddress
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from sapwood.core.pages import render
from sapwood.people.doors import first_run
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.doors.entering import sign_in
from sapwood.people.doors.first_hour_views import first_hour
from sapwood.people.doors.inviting import let_in
from sapwood.people.doors.setup_forms import FirstRunForm
from sapwood.people.models import Organisation, Person, RoleGrant


@login_not_required
def begin(request: HttpRequest, secret: str) -> HttpResponse:
    """Takes the secret of the link into the session, so that it leaves the address bar."""
    if first_run.is_needed() and first_run.fits(secret):
        request.session[first_run.IN_SESSION] = secret
    return redirect("setup")


@login_not_required
@sensitive_post_parameters("password")
def setup(request: HttpRequest) -> HttpResponse:
    """Before the first run, its form or how to reach it; afterwards the first hour."""
    if not first_run.is_needed():
        return first_hour(cast(PersonRequest, request))
    secret = request.session.get(first_run.IN_SESSION, "")
    if not first_run.fits(secret):
        return render(request, "people/setup/not_yet.html", {})
    form = FirstRunForm(request.POST or None, instance=Organisation.current())
    if request.method == "POST" and form.is_valid():
        administrator = _finish(request, form, secret)
        if administrator:
            return sign_in(request, administrator, go_to=reverse("setup"))
        return redirect("setup")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/setup/first_run.html", {"form": form}, status=status)


@transaction.atomic
def _finish(request: HttpRequest, form: FirstRunForm, secret: str) -> Person | None:
    """Names the organisation and lets its first administrator in; None if the link was used."""
    form.save(commit=False).finish_setup()
    administrator = _administrator(form)
    RoleGrant.objects.get_or_create(person=administrator, role="administrator")
    if not first_run.use_up(secret):
        transaction.set_rollback(True)
        return None
    del request.session[first_run.IN_SESSION]
    return administrator


def _administrator(form: FirstRunForm) -> Person:
    """A new person, or the one an import brought in before."""
    given = form.cleaned_data
    password = make_password(given["password"])
    person: Person | None = Person.objects.filter(email__iexact=given["email"]).first()
    if not person:
        person = let_in(
            name=given["person"], email=given["email"], password=password,
            language=given["language"], now=timezone.now(),
        )  # fmt: skip
        assert person, "The address was free a moment ago"  # noqa: S101
        return person
    person.password, person.name, person.named_self = password, given["person"], True
    person.save()
    proved = {"email": person.email, "verified": True}
    EmailAddress.objects.update_or_create(user=person, primary=True, defaults=proved)
    return person
