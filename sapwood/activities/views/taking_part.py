"""Publishing, joining, leaving and finishing: small actions that each answer with a page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sapwood.activities.models import Activity
from sapwood.activities.models.taking_part import CannotJoin
from sapwood.activities.views.shared import load
from sapwood.activities.views.showing import page_of
from sapwood.core.keeping import taken
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.ledger.models import LONGEST
from sapwood.people.doors.asking import PersonRequest


@require_POST
def publication(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Publishes it, with `away` puts it away; with `undo` its owner makes it a draft again."""
    activity = load(request, pk)
    forbid_unless(activity.can_edit(request.user))
    here = reverse("activity_publication", args=[pk])
    wanted = request.POST.get("payload")
    if request.POST.get("away") or wanted == "away":
        forbid_unless(activity.is_published)
        activity.archive()
        words = _("Put away. Those who took part keep it; nobody else finds it.")
        toast(request, words, undo=here, payload="again")
    elif request.POST.get("undo") or wanted == "undo":
        activity.unpublish(by=request.user)
        toast(request, _("A draft again. Only you can see it."))
    else:
        back = "undo" if activity.is_draft else "away"
        activity.publish(by=request.user)
        words = _("Published. Those you chose can find it now.")
        toast(request, words, undo=here, payload=back)
    return redirect("activity_show", pk=pk)


@require_POST
def participation(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Joins, or with `leave` leaves; joining back takes leaving back."""
    activity = load(request, pk)
    here = reverse("activity_participation", args=[pk])
    if request.POST.get("leave") or request.POST.get("payload") == "leave":
        activity.leave(request.user)
        _say_left(request, activity)
        still_seen = Activity.objects.visible_to(request.user).filter(pk=pk).exists()
        return redirect("activity_show", pk=pk) if still_seen else redirect("activities")
    refused = activity.as_kind.may_join(activity, request.user)
    forbid_unless(not refused)
    try:
        activity.join(request.user)
    except CannotJoin as reason:
        toast(request, str(reason))
    else:
        toast(request, _("It is on your list now."), undo=here, payload="leave")
    return redirect("activity_show", pk=pk)


def _say_left(request: PersonRequest, activity: Activity) -> None:
    """Undo is offered only to those who may simply join again."""
    kind = activity.as_kind
    here = reverse("activity_participation", args=[activity.pk])
    told = _("You stepped back. Whoever organises it is told.")
    words = told if kind.by_name else _("Taken off your list.")
    undo = "" if kind.may_join(activity, request.user) else here
    toast(request, words, undo=undo, payload="join" if undo else "")


@require_POST
def completion(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Finishes it, with or without a line on what stayed; `undo` takes the finishing back."""
    activity = load(request, pk)
    here = reverse("activity_completion", args=[pk])
    if request.POST.get("payload") == "undo":
        activity.reopen(request.user)
        toast(request, _("Open again. The moment is gone."))
        return redirect("activity_show", pk=pk)
    mine = activity.participations.filter(person=request.user).first()
    forbid_unless(bool(mine and mine.takes_a_place)
                  or not activity.as_kind.may_join(activity, request.user))  # fmt: skip
    line = request.POST.get("line", "")
    if len(line.strip()) > LONGEST:
        context = page_of(request, activity) | {"line": line, "too_long": _too_long(line)}
        return render(request, "activities/show.html", context, status=422)
    try:
        activity.complete(request.user, line=line)
    except CannotJoin as reason:
        toast(request, str(reason))
    else:
        words = _("Kept among your moments. Only you can see it.")
        toast(request, words, undo=here, payload="undo")
        return taken(request, redirect("activity_show", pk=pk))
    return redirect("activity_show", pk=pk)


def _too_long(line: str) -> str:
    said = _("A line holds up to %(most)d characters and this has %(n)d. Keep the heart of it.")
    return said % {"most": LONGEST, "n": len(line.strip())}
