"""People at the desk: the list, one person, adding one, and the list as a file."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.people.desk.access import administrators_only
from sapwood.people.desk.changing import ChangeRefusedError, save_person, set_roles
from sapwood.people.desk.export import people_lines
from sapwood.people.desk.forms import PersonForm
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.doors.health import has_mail_server, where_letters_stay
from sapwood.people.doors.telling import TOLD
from sapwood.people.importing.problems import sentence
from sapwood.people.models import AuditEvent, Organisation, Person

PAGE = 50


@administrators_only
@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """Everybody, also those whose account is closed."""
    words, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "all")
    everyone = Person.objects.select_related("unit", "manager").matching(words)
    people = {
        "open": everyone.active().exclude(pk__in=Person.objects.waiting_to_sign_in()),
        "waiting": everyone.waiting_to_sign_in(),
        "closed": everyone.filter(is_active=False),
        "roles": everyone.filter(role_grants__isnull=False).distinct(),
    }.get(state, everyone)
    shown = people.with_waiting().order_by("folded", "pk")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    values = {"q": words, "state": state, "page": page, "here": _address(words, state)}
    values["chips"] = [(label, _address(words, key), key == state) for key, label in _states()]
    return render(request, "people/desk/index.html", values, block="list")


def _states() -> list[tuple[str, str]]:
    return [("all", _("Everyone")), ("open", _("Can sign in")),
            ("waiting", _("Not signed in yet")), ("closed", _("Closed")),
            ("roles", _("With a role"))]  # fmt: skip


def _address(words: str, state: str) -> str:
    chosen = [("q", words)] * bool(words) + [("state", state), ("page", "")]
    return f"{reverse('desk_people')}?{urlencode(chosen)}"


@administrators_only
@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Adds one person; nobody is told until they are invited or sign in."""
    organisation = Organisation.current()
    person = Person(language=organisation.language, time_zone=organisation.time_zone)
    person.set_unusable_password()
    return _edit(request, person, is_new=True)


@administrators_only
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One person's data, account and roles."""
    person = get_object_or_404(Person.objects.select_related("unit", "manager"), pk=pk)
    return _edit(request, person, is_new=False)


def _edit(request: PersonRequest, person: Person, *, is_new: bool) -> HttpResponse:
    title = _("Someone new") if is_new else person.name
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            save_person(person, by=request.user, fields=form.changed_fields, is_new=is_new)
            set_roles(person, form.cleaned_data["roles"], by=request.user)
        except ChangeRefusedError as refused:
            form.add_error(None, sentence(refused.code))
        else:
            toast(request, _("%(name)s is saved.") % {"name": person.name})
            if "email" in form.changed_fields and not is_new and person.waiting_address:
                toast(request, _("The new address waits until they confirm it."))
            return HttpResponseRedirect(reverse("desk_person", kwargs={"pk": person.pk}))
    values: dict[str, Any] = {"form": form, "who": person, "title": title, "is_new": is_new}
    values |= _telling(person, is_new)
    status = 422 if form.is_bound else 200
    return render(request, "people/desk/person.html", values, block="form", status=status)


def _telling(person: Person, is_new: bool) -> dict[str, Any]:
    """Whether they still have to come in, when they were last written to, and if letters leave."""
    if is_new or not person.waits_to_sign_in:
        return {"waits": False}
    told = AuditEvent.objects.filter(subject=person, action=TOLD).first()
    return {
        "waits": True,
        "told": told,
        "letters_stay": "" if has_mail_server() else where_letters_stay(),
    }


@administrators_only
@require_GET
def export(request: PersonRequest) -> StreamingHttpResponse:
    """Everybody as CSV; the record notes it for each person."""
    AuditEvent.write(
        "people_exported", actor=request.user, subject=None, rows=Person.objects.count()
    )
    response = StreamingHttpResponse(people_lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response
