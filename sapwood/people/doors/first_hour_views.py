"""The first hour: steps that can be taken in any order, and whether the installation is well."""

from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors import first_hour as hour
from sapwood.people.doors import health
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.doors.letters import letter
from sapwood.people.doors.setup_forms import DomainsForm, PlaceForm, PrivacyForm
from sapwood.people.doors.telling_views import FirstFiveForm, answers_of, tell_five
from sapwood.people.doors.words import LETTERS
from sapwood.people.models import AuditEvent, Organisation, Person, Role, RoleGrant

LINKS = ("people_import", "invitations", "visible", "mfa_index", "sample_load", "sample_remove")


def first_hour(request: PersonRequest) -> HttpResponse:
    """The steps, and the health of this installation: for administrators."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not request.user.is_administrator:
        raise Http404
    return render(request, "people/setup/first_hour.html", _context(request))


def _context(request: PersonRequest, **forms_shown: forms.BaseForm) -> dict[str, Any]:
    organisation = Organisation.current()
    steps = hour.steps(organisation, request.user)
    return {
        "steps": steps,
        "now": hour.current(steps),
        "to_do": sum(not step.done for step in steps),
        "facts": health.facts(),
        "roles": _roles(),
        "links": {name: hour.address(name) for name in LINKS},
        "has_sample": hour.has_sample(),
        "privacy_form": PrivacyForm(instance=organisation),
        "domains_form": DomainsForm(instance=organisation),
        "five_form": FirstFiveForm(),
        "answers": answers_of(request),
        "letters_stay": "" if health.has_mail_server() else health.where_letters_stay(),
        **forms_shown,
    }


def _roles() -> list[tuple[Any, list[Person]]]:
    """Each role with the first people who hold it."""
    grants = RoleGrant.objects.filter(person__is_active=True).select_related("person")
    held: dict[str, list[Person]] = {}
    for grant in grants.order_by("person__name"):
        held.setdefault(grant.role, []).append(grant.person)
    order = ("administrator", "steward", "curator", "concierge")
    return [(Role(code).label, held[code]) for code in order if code in held]


def place(request: PersonRequest) -> HttpResponse:
    """Name, language and time zone; a page of its own."""
    if not request.user.is_administrator:
        raise Http404
    form = PlaceForm(request.POST or None, instance=Organisation.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, _("Saved."))
        return redirect("setup")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/setup/place.html", {"form": form}, status=status)


@require_POST
def privacy(request: PersonRequest) -> HttpResponse:
    """Keeps the smallest groups, and that somebody agreed to them."""
    forbid_unless(request.user.is_administrator)
    form = PrivacyForm(request.POST, instance=Organisation.current())
    if not form.is_valid():
        context = _context(request, privacy_form=form)
        return render(request, "people/setup/first_hour.html", context, status=422)
    with transaction.atomic():
        form.save()
        AuditEvent.write(hour.AGREED, actor=request.user, subject=None, **form.cleaned_data)
    toast(request, _("Kept. Everybody can read it on “What others can see”."))
    return redirect("setup")


@require_POST
def domains(request: PersonRequest) -> HttpResponse:
    """Keeps which e-mail domains may join by themselves."""
    forbid_unless(request.user.is_administrator)
    form = DomainsForm(request.POST, instance=Organisation.current())
    if not form.is_valid():
        context = _context(request, domains_form=form)
        return render(request, "people/setup/first_hour.html", context, status=422)
    with transaction.atomic():
        form.save()
        AuditEvent.write("domains_changed", actor=request.user, subject=None)
    toast(request, _("Saved."))
    return redirect("setup")


@require_POST
def first_five(request: PersonRequest) -> HttpResponse:
    """Writes to up to five people; the page then says of each address what became of it."""
    forbid_unless(request.user.is_administrator)
    form = FirstFiveForm(request.POST)
    if not form.is_valid():
        context = _context(request, five_form=form)
        return render(request, "people/setup/first_hour.html", context, status=422)
    tell_five(request, form)
    return redirect(reverse("setup") + "#first-five")


@require_POST
def email_test(request: PersonRequest) -> HttpResponse:
    """Sends the administrator a letter and says whether the mail server took it."""
    forbid_unless(request.user.is_administrator)
    try:
        letter(LETTERS["test"], to=[request.user.email]).send()
    except OSError as error:
        text = _("The mail server did not take it: %(error)s") % {"error": error}
    else:
        text = _("Handed over. Look for it at %(email)s.") % {"email": request.user.email}
    toast(request, text)
    return redirect("setup")
