"""Rituals: set up by stewards, taken into any calendar by whoever may read the group."""

from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.profile.zones import zones
from sapwood.spaces.forms import RitualForm
from sapwood.spaces.meeting import occurrences, takes_place_on
from sapwood.spaces.models import Ritual, Space
from sapwood.spaces.page import load_for_stewards, load_readable
from sapwood.spaces.views.desk import desk

AHEAD = 4


@require_http_methods(["GET", "POST"])
def rituals(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What recurs, when it is next, and one more."""
    space = load_for_stewards(request, pk)
    begun = Ritual(space=space, time_zone=request.user.time_zone)
    return _form_page(request, space, begun)


@require_http_methods(["GET", "POST"])
def ritual(request: PersonRequest, pk: UUID, ritual: UUID) -> HttpResponse:
    """Changes one."""
    space = load_for_stewards(request, pk)
    return _form_page(request, space, get_object_or_404(Ritual, pk=ritual, space=space))


def _form_page(request: PersonRequest, space: Space, one: Ritual) -> HttpResponse:
    form = RitualForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, _("Saved."))
        return redirect("group_rituals", space.pk)
    context = desk(request, space, "rituals") | {
        "form": form, "coming": coming(space), "zones": zones(),
        "ritual": None if one._state.adding else one,
    }  # fmt: skip
    return render(request, "spaces/rituals.html", context, status=422 if form.is_bound else 200)


def coming(space: Space) -> list[tuple[Ritual, list[Any]]]:
    """Each ritual with its next few days."""
    now = timezone.now()
    return [(each, list(islice(occurrences(each, now), AHEAD))) for each in space.rituals.all()]


@require_POST
def skip(request: PersonRequest, pk: UUID, ritual: UUID) -> HttpResponse:
    """Leaves one day out, or puts it back."""
    space = load_for_stewards(request, pk)
    one = get_object_or_404(Ritual, pk=ritual, space=space)
    day = _day(request.POST.get("day", ""))
    if day.isoformat() in one.left_out:
        one.left_out = [each for each in one.left_out if each != day.isoformat()]
        toast(request, _("It takes place after all."))
    elif takes_place_on(one, day):
        one.left_out = [*one.left_out, day.isoformat()][-100:]
        toast(request, _("It does not take place on that day."))
    one.save(update_fields=["left_out"])
    return redirect("group_rituals", pk)


@require_POST
def delete(request: PersonRequest, pk: UUID, ritual: UUID) -> HttpResponse:
    """Ends one for good."""
    space = load_for_stewards(request, pk)
    get_object_or_404(Ritual, pk=ritual, space=space).delete()
    toast(request, _("It is gone from this page and from calendars."))
    return redirect("group_rituals", pk)


@require_GET
def file(request: PersonRequest, pk: UUID, ritual: UUID) -> HttpResponse:
    """The series as an iCalendar file."""
    from sapwood.spaces.calendars import download  # heavy, and seldom asked for

    space = load_readable(request, pk)
    one = get_object_or_404(Ritual, pk=ritual, space=space)
    one.space = space
    response = HttpResponse(download(one, timezone.now()), content_type="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="ritual.ics"'
    return response


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
