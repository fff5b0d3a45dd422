"""Members as stewards see them: adding by hand and from a file, roles, taking somebody out."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sapwood.conversations.models import Membership
from sapwood.conversations.refusing import Refused
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person
from sapwood.people.picking import picked_from
from sapwood.spaces import joining
from sapwood.spaces.forms import FileForm, RoleForm
from sapwood.spaces.listing import look_up, text_of
from sapwood.spaces.models import Space
from sapwood.spaces.page import load, load_for_stewards
from sapwood.spaces.telling import tell_later
from sapwood.spaces.views.belonging import tried
from sapwood.spaces.views.desk import desk

PAGE = 50


@require_http_methods(["GET", "POST"])
def members(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Everybody who belongs and how they came; a picker for more."""
    space = load_for_stewards(request, pk)
    picking = picked_from(request.user, request.POST)
    is_sent = request.method == "POST" and request.POST.get("as") != "find"
    error = _("Pick somebody first.") if is_sent and not picking.chosen else ""
    if is_sent and picking.chosen:
        try:
            _bring_in(request, space, picking.chosen, Membership.Origin.HAND)
        except Refused as refused:
            error = str(refused.text)
        else:
            return redirect("group_members", pk)
    words = request.GET.get("q", "").strip()[:100]
    page = Paginator(_rows(space, words), PAGE).get_page(request.GET.get("page"))
    context = desk(request, space, "members") | {
        "page": page, "q": words, "picking": picking, "error": error,
        "roles": Membership.Role.choices,
    }  # fmt: skip
    return render(request, "spaces/members.html", context, status=422 if error else 200)


@require_POST
def member(request: PersonRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Another role, or out."""
    space = load_for_stewards(request, pk)
    rows = space.audience.memberships.select_related("person")
    row = get_object_or_404(rows, person=person)
    if "remove" in request.POST:
        forbid_unless(row.person_id != request.user.pk)
        if tried(request, lambda: joining.remove(space, row, now=timezone.now())):
            words = _("%(name)s no longer belongs to this group.")
            toast(request, words % {"name": row.person.name})
        return redirect("group_members", pk)
    form = RoleForm(request.POST)
    forbid_unless(form.is_valid())
    role = form.cleaned_data["role"]
    if tried(request, lambda: joining.set_role(space, row, role)):
        label = Membership.Role(role).label
        toast(request, _("%(name)s: %(role)s.") % {"name": row.person.name, "role": label})
    is_still = space.can_edit(request.user)
    return redirect("group_members", pk) if is_still else redirect("group", pk)


@require_http_methods(["GET", "POST"])
def file(request: PersonRequest, pk: UUID) -> HttpResponse:
    """E-mail addresses: first who is found, then they are added."""
    space = load_for_stewards(request, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    listed = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        text = given["words"] + "\n" + (text_of(given["file"]) if given["file"] else "")
        listed = look_up(space, text, by=request.user)
        if request.POST.get("as") == "add":
            found, origin = listed.found, Membership.Origin.FILE
            if tried(request, lambda: _bring_in(request, space, found, origin)):
                return redirect("group_members", pk)
    context = desk(request, space, "members") | {"form": form, "listed": listed}
    status = 422 if form.errors else 200
    return render(request, "spaces/file.html", context, status=status)


def _rows(space: Space, words: str) -> Any:
    """Members who fit the words, from A to Z."""
    rows = space.audience.memberships.active().select_related("person__unit")
    if words:
        rows = rows.filter(person__in=Person.objects.matching(words).values("pk"))
    return rows.order_by("person__folded", "pk")


def _bring_in(request: PersonRequest, space: Space, people: list[Person], origin: str) -> None:
    """Adds and tells them. Raises Refused."""
    now = timezone.now()
    with transaction.atomic():
        new = joining.add(space, people, now=now, origin=origin)
        tell_later(space, by=request.user, now=now)
    words = ngettext("%(n)s person was added.", "%(n)s people were added.", len(new))
    toast(request, words % {"n": len(new)})


@require_http_methods(["GET", "POST"])
def steward(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Learning and development names a steward, among members, for a group that lost its last."""
    space = load(request, pk)
    forbid_unless(space.can_name_steward(request.user))
    picking = picked_from(request.user, request.POST)
    error = ""
    if request.method == "POST" and request.POST.get("as") != "find":
        row = space.audience.memberships.filter(person__in=picking.chosen).first()
        if row is not None:
            joining.set_role(space, row, Membership.Role.STEWARD)
            toast(request, _("%(name)s looks after it now.") % {"name": row.person.name})
            return redirect("group", pk)
        error = _("Pick somebody who belongs to the group.")
    context = {"space": space, "picking": picking, "error": error}
    return render(request, "spaces/steward.html", context, status=422 if error else 200)
