"""Show someone: pick who may see the rings of a year, take them back, look at a colleague's."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.home.models import ShownYear, YearShare
from sapwood.home.rings_views import year_or_404
from sapwood.home.showing import glimpse, show_year, take_back
from sapwood.ledger.ways import RINGS
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.picking import picked_from


@require_http_methods(["GET", "POST"])
def share(request: PersonRequest, year: int) -> HttpResponse:
    """Who sees the rings of one's own year, and a picker for more."""
    year = year_or_404(request.user, year)
    shares = YearShare.objects.filter(shown__person=request.user, shown__year=year)
    shares = shares.select_related("person__unit").order_by("shared_at", "pk")
    readers = [each.person for each in shares]
    picking = picked_from(request.user, request.POST, without=readers)
    is_sent = request.method == "POST" and request.POST.get("as") != "find"
    if is_sent and picking.chosen:
        show_year(request.user, year, picking.chosen)
        names = ", ".join(person.name for person in picking.chosen)
        toast(request, _("They can see the picture: %(names)s.") % {"names": names})
        return redirect("rings_share", year)
    context = {"year": year, "shares": shares, "picking": picking, "nobody": is_sent}
    return render(request, "home/show_rings.html", context, status=422 if is_sent else 200)


@require_POST
def unshare(request: PersonRequest, year: int, person: UUID) -> HttpResponse:
    """Takes the rings of one's own year back from one colleague, at once."""
    own = YearShare.objects.filter(shown__person=request.user, shown__year=year)
    share = get_object_or_404(own.select_related("person"), person=person)
    take_back(share)
    toast(request, _("%(name)s can no longer see it.") % {"name": share.person.name})
    return redirect("rings_share", year)


@require_GET
def shared_rings(request: PersonRequest, owner: UUID, year: int) -> HttpResponse:
    """A colleague's year, for those they picked; nobody else learns that it is shown."""
    if owner == request.user.pk:
        return redirect("rings_year", year_or_404(request.user, year))
    shown = ShownYear.objects.shown_to(request.user).select_related("person")
    found = get_object_or_404(shown, person=owner, year=year)
    seen = glimpse(found, request.user)
    context = {"seen": seen, "year": seen.year, "owner": found.person, "ring_names": RINGS}
    return render(request, "home/shared_rings.html", context)
