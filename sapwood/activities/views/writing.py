"""Beginning, editing, copying and deleting an activity of any kind."""

from typing import Any
from uuid import UUID

from django.core.signing import BadSignature
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.activities import changing, cloning, deleting, panels
from sapwood.activities.audience import choices_in_words
from sapwood.activities.forms import ActivityForm
from sapwood.activities.models import Activity, Audience
from sapwood.activities.registry import kinds
from sapwood.activities.views.shared import load
from sapwood.core.keeping import taken
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Unit
from sapwood.spaces.models import Space


@require_GET
def choose(request: PersonRequest) -> HttpResponse:
    """What somebody can offer to colleagues: one card a kind."""
    return render(request, "activities/choose.html", {"kinds": list(kinds().values())})


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, kind: str) -> HttpResponse:
    """An empty form, or what it sent: kept as a draft or published at once."""
    if kind not in kinds():
        raise Http404
    person = request.user
    plugin = kinds()[kind]
    activity = Activity(
        kind=kind, owner=person, way=plugin.way, language=person.language,
        time_zone=person.time_zone,
    )  # fmt: skip
    if group := _group(request, request.GET.get("group")):
        activity.space, activity.audience = group, Audience.GROUP
    return _form_page(request, activity)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The form of one that exists."""
    activity = load(request, pk)
    forbid_unless(activity.can_edit(request.user))
    return _form_page(request, activity)


def _form_page(request: PersonRequest, activity: Activity) -> HttpResponse:
    form_class = activity.as_kind.form_class()
    if request.method != "POST":
        return _draw(request, activity, form_class(instance=activity, person=request.user))
    with transaction.atomic():
        changing.hold(activity)
        form = form_class(request.POST, request.FILES, instance=activity, person=request.user)
        if not form.is_valid():
            return _draw(request, activity, form, status=422, seen=request.POST.get(changing.SEEN))
        if changing.is_overtaken(form, request.POST.get(changing.SEEN, "")):
            between = changing.differences(form)
            return _draw(request, activity, form, status=409, between=between)
        return _kept(request, form)


def _draw(
    request: PersonRequest, activity: Activity, form: ActivityForm, status: int = 200, **more: Any
) -> HttpResponse:
    own = panels.fields(request, activity, form)
    context = {
        "activity": activity,
        "kind": activity.as_kind,
        "form": form,
        "own": own,
        "audiences": choices_in_words(
            activity.owner or request.user,
            _unit(form["unit"].value()),
            _group(request, form["space"].value()),
        ),
        "seen": more.get("seen") or changing.digest(form),
        "between": more.get("between", []),
        "has_files": bool(request.FILES),
    }
    return render(request, "activities/form.html", context, status=status)


def _unit(given: Any) -> Unit | None:
    """The unit that a form or an address names, if there is one."""
    try:
        return Unit.objects.filter(pk=UUID(str(given))).first()
    except ValueError:
        return None


def _group(request: PersonRequest, given: Any) -> Space | None:
    """The group that a form or an address names, if this person belongs to it."""
    try:
        mine = Space.objects.joined_by(request.user).standing()
        return mine.select_related("audience").filter(pk=UUID(str(given))).first()
    except ValueError:
        return None


@require_GET
def audience(request: PersonRequest) -> HttpResponse:
    """Who a unit or a group would be, in words: the sentence changes with the choice."""
    unit, group = _unit(request.GET.get("unit")), _group(request, request.GET.get("space"))
    choices = choices_in_words(request.user, unit, group)
    said = {value: words for value, _label, words in choices}
    return HttpResponse(escape(said[Audience.GROUP if "space" in request.GET else Audience.UNIT]))


def _kept(request: PersonRequest, form: ActivityForm) -> HttpResponse:
    activity = form.save()
    if request.POST.get("then") == "publish":
        activity.publish(by=request.user)
        undo = reverse("activity_publication", args=[activity.pk])
        words = _("Published. Those you chose can find it now.")
        toast(request, words, undo=undo, payload="undo")
    elif activity.is_draft:
        toast(request, _("Kept as a draft. Only you can see it."))
    else:
        toast(request, _("Changed for everyone who can see it."))
    return taken(request, redirect("activity_show", pk=activity.pk))


@require_POST
def clone(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A copy to change: a draft of one's own."""
    activity = load(request, pk)
    forbid_unless(activity.can_edit(request.user))
    copy = cloning.clone(activity, by=request.user)
    toast(request, _("This is your copy. Only you can see it until you publish it."))
    return redirect("activity_edit", pk=copy.pk)


@require_POST
def delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Deletes it, or puts away what others took part in; either can be taken back."""
    activity = load(request, pk)
    forbid_unless(activity.can_edit(request.user))
    if deleting.concerns_others(activity):
        words = _(
            "Put away, because it concerns others: who took part keeps it, and who waits is told."
        )
    else:
        words = _("Deleted.")
    payload = deleting.delete(activity, by=request.user)
    toast(request, words, undo=reverse("activity_undelete"), payload=payload)
    return redirect("activities")


@require_POST
def undelete(request: PersonRequest) -> HttpResponse:
    """Takes the last deletion back."""
    try:
        activity = deleting.restore(request.POST.get("payload", ""), by=request.user)
    except (BadSignature, Activity.DoesNotExist, IntegrityError):
        raise Http404 from None
    return redirect("activity_show", pk=activity.pk)
