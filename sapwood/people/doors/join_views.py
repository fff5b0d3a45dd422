"""Coming in: by an invitation's link, or by an e-mail domain the organisation allows."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.people.doors import arriving, words
from sapwood.people.doors.entering import sign_in
from sapwood.people.doors.inviting import let_in
from sapwood.people.doors.join_forms import CodeForm, JoinForm
from sapwood.people.models import Invitation, Organisation


@login_not_required
@sensitive_post_parameters("password")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind an invitation's link."""
    invitation = Invitation.objects.filter(token=token).select_related("unit").first()
    if request.user.is_authenticated:
        toast(request, _("You are already in. The link is for somebody new."))
        return redirect("today")
    if not invitation or not invitation.is_open(timezone.now()):
        return _closed(request, invitation)
    form = JoinForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        return _come_in(request, form, invitation)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "invitation": invitation}
    return render(request, "people/doors/join.html", context, status=status)


@login_not_required
@sensitive_post_parameters("password")
def signup(request: HttpRequest) -> HttpResponse:
    """Making an account oneself, where the organisation allows it for its e-mail domains."""
    if request.user.is_authenticated:
        return redirect("today")
    domains = Organisation.current().domains
    if not domains:
        return render(request, "account/signup_closed.html", status=403)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _come_in(request, form, None)
    status = 422 if request.method == "POST" else 200
    return render(request, "account/signup.html", {"form": form, "domains": domains}, status=status)


@login_not_required
def prove(request: HttpRequest) -> HttpResponse:
    """Asks for the code that went to the new address."""
    arrival = arriving.waiting(request)
    if not arrival:
        return render(request, "people/doors/too_late.html", status=410)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if arriving.prove(request, arrival, form.cleaned_data["code"]):
            return _enter(request, arrival)
        form.add_error("code", words.WRONG_CODE)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "arrival": arrival}
    return render(request, "people/doors/prove.html", context, status=status)


def _come_in(request: HttpRequest, form: JoinForm, invitation: Invitation | None) -> HttpResponse:
    """An invited address is proved by its invitation; any other by a code."""
    name, email = form.cleaned_data["name"], form.cleaned_data["email"]
    password = form.cleaned_data["password"]
    if invitation and invitation.email:
        hashed = make_password(password) if password else ""
        arrival = arriving.Arrival(name, email, hashed, "", 0, str(invitation.pk))
        return _enter(request, arrival)
    started = arriving.begin(
        request,
        name=name,
        email=email,
        password=password,
        invitation=str(invitation.pk) if invitation else "",
    )
    if not started:
        return render(request, "429.html", status=429)
    return redirect("arrival_code")


def _enter(request: HttpRequest, arrival: arriving.Arrival) -> HttpResponse:
    invitation = _invitation(arrival)
    if arrival.invitation and not invitation:
        return _closed(request, None)
    person = let_in(
        name=arrival.name,
        email=arrival.email,
        password=arrival.password,
        language=request.LANGUAGE_CODE,
        invitation=invitation,
        now=timezone.now(),
    )
    arriving.forget(request)
    if not person:
        return _closed(request, _invitation(arrival))
    toast(request, _("Welcome. What you write here is yours: only you see it unless you share it."))
    return sign_in(request, person, go_to=reverse("today"))


def _invitation(arrival: arriving.Arrival) -> Invitation | None:
    if not arrival.invitation:
        return None
    return Invitation.objects.filter(pk=arrival.invitation).first()


def _closed(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    """A link that lets nobody in: 404 for one we never made, 410 for one that has ended."""
    context = {"invitation": invitation, "now": timezone.now()}
    status = 410 if invitation else 404
    return render(request, "people/doors/link_closed.html", context, status=status)
