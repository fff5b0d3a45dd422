"""Signing in somebody who has just been let in."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from sapwood.people.models import Person


def sign_in(request: HttpRequest, person: Person, *, go_to: str) -> HttpResponse:
    """Begins a new session for `person` through the stages of allauth, then goes to `go_to`."""
    record_authentication(request, person, method="code", email=person.email)
    login = Login(user=person, redirect_url=go_to, email=person.email)
    return perform_login(request, login)  # type: ignore[no-any-return]
