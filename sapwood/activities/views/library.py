"""The library of a group: what stands in it, putting more in, taking out."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.activities.library import (
    Taken,
    looks_after,
    may_add,
    offered,
    put_in,
    shelf,
    take_out,
)  # fmt: skip
from sapwood.activities.library import undo as put_back
from sapwood.activities.registry import kinds
from sapwood.activities.search import find
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces.models import Space
from sapwood.spaces.page import drawn_frame, load_readable, may_write

A_PAGE = 18
SOME = 12


@require_GET
def index(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What stands in it, newest first."""
    space = load_readable(request, pk)
    rows = shelf(space, request.user).for_cards()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = drawn_frame(request, space, "library") | {
        "page": page,
        "may_add": may_write(request.user, space),
        "looks_after": looks_after(space, request.user),
    }
    return render(request, "activities/library.html", context)


@require_http_methods(["GET", "POST"])
def add(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What one may put in, found by its words; POST puts one in."""
    space, person = load_readable(request, pk), request.user
    forbid_unless(may_add(space, person))
    if request.method == "POST":
        return _put(request, space)
    words = request.GET.get("q", "").strip()[:100]
    among = offered(space, person)
    found = find(words, among).activities if words else among
    things = list(found.only(*_SHOWN).select_related("owner")[:SOME])
    context: dict[str, Any] = {"q": words, "things": things, "kinds": list(kinds().values())}
    context |= {"looks_after": looks_after(space, person)}
    context |= drawn_frame(request, space, "library")
    return render(request, "activities/library_add.html", context, block="list")


_SHOWN = (
    "kind", "title", "summary", "facts", "way", "ring", "form", "language", "minutes", "state",
    "audience", "owner__name", "owner__photo_key",
)  # fmt: skip


def _put(request: PersonRequest, space: Space) -> HttpResponse:
    try:
        thing = put_in(space, _key(request), by=request.user)
    except Taken:
        toast(request, _("It stands in the library of another group already."))
    else:
        said = _("In the library now. Who can see it stays as it was.")
        if thing.is_draft:
            said = _("In the library once you publish it. Until then only you see it.")
        toast(request, said)
    return redirect("group_library", space.pk)


@require_POST
def remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Takes one out."""
    space = load_readable(request, pk)
    payload = take_out(space, _key(request), by=request.user)
    said = _("Taken out of the library. The thing itself stays.")
    toast(request, said, undo=reverse("group_library_undo", args=[pk]), payload=payload)
    return redirect("group_library", pk)


@require_POST
def undo(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Puts back what was taken out last."""
    space = load_readable(request, pk)
    try:
        put_back(space, request.POST.get("payload", ""), by=request.user)
    except BadSignature:
        raise Http404 from None
    except Taken:
        toast(request, _("It was changed meanwhile, so it stays out."))
    return redirect("group_library", pk)


def _key(request: PersonRequest) -> UUID:
    try:
        return UUID(request.POST.get("activity", ""))
    except ValueError:
        raise Http404 from None
