"""What stewards set: what is said about the group, who reads it, and whether it stands."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces.forms import SpaceForm
from sapwood.spaces.founding import bring_back, put_away
from sapwood.spaces.health import figures
from sapwood.spaces.models import Kind, Openness, Space
from sapwood.spaces.opening import change_openness, exposed, opens
from sapwood.spaces.page import load_for_stewards
from sapwood.spaces.views.belonging import tried
from sapwood.spaces.views.desk import desk
from sapwood.spaces.words import choices, stage_hint


@require_http_methods(["GET", "POST"])
def settings(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Name, purpose, welcome, manners, and the stage that only stewards see."""
    space = load_for_stewards(request, pk)
    form = SpaceForm(request.POST or None, instance=space, today=request.user.today())
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, _("Saved."))
        return redirect("group_settings", pk)
    fresh = space if not form.is_bound else load_for_stewards(request, pk)
    context = desk(request, fresh, "about") | {
        "form": form, "choices": _choices(fresh), "hint": stage_hint(fresh),
    }  # fmt: skip
    return render(request, "spaces/settings.html", context, status=422 if form.is_bound else 200)


def _choices(space: Space) -> list[tuple[str, str, str]]:
    return choices(space.kind) if space.kind in (Kind.COMMUNITY, Kind.CIRCLE) else []


@require_POST
def openness(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Changes who reads it; what would show earlier words is asked about first."""
    space = load_for_stewards(request, pk)
    wanted = request.POST.get("openness", "")
    forbid_unless(wanted in {value for value, _words, _told in _choices(space)})
    shows = exposed(space)
    if opens(space, wanted) and request.POST.get("seen") != str(shows.threads):
        context: dict[str, Any] = desk(request, space, "about")
        context |= {"wanted": wanted, "shows": shows, "label": Openness(wanted).label}
        return render(request, "spaces/opening.html", context)
    now = timezone.now()
    if wanted != space.openness and tried(
        request, lambda: change_openness(space, wanted, by=request.user, now=now)
    ):
        toast(request, _("Changed. %(name)s is now: %(openness)s.") % {
            "name": space.name, "openness": Openness(wanted).label,
        })  # fmt: skip
    return redirect("group_settings", pk)


@require_POST
def standing(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Puts the group away, or brings it back."""
    space = load_for_stewards(request, pk)
    if "back" in request.POST:
        bring_back(space, today=request.user.today())
        toast(request, _("%(name)s is back.") % {"name": space.name})
    else:
        put_away(space, now=timezone.now())
        toast(request, _("%(name)s is put away. It can still be read.") % {"name": space.name})
    return redirect("group", pk)


@require_GET
def health(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Four weeks in counts, and no names."""
    space = load_for_stewards(request, pk)
    context = desk(request, space, "health") | {"figures": figures(space, timezone.now())}
    return render(request, "spaces/health.html", context)
