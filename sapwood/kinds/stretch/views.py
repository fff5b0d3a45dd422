"""Applying, answering and looking back."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
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
from sapwood.kinds.stretch import applying
from sapwood.kinds.stretch.forms import AnswerForm, ApplyForm, LookBackForm
from sapwood.kinds.stretch.models import Application, Stretch
from sapwood.kinds.stretch.stages import kept_by
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person

UNDO = "undo"
GIVE_BACK = "give back"


def _again(request: PersonRequest, activity: Activity, **forms: object) -> HttpResponse:
    """The page once more, with what has to change."""
    page = page_of(request, activity, **forms)
    return render(request, "activities/show.html", page, status=422)


@require_POST
def create(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Applies with a line."""
    activity = load(request, pk)
    stretch = get_object_or_404(Stretch, activity=activity)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return _again(request, activity, apply_form=form)
    try:
        applying.apply(stretch, person=request.user, line=form.cleaned_data["line"])
    except CannotJoin as reason:
        toast(request, str(reason))
    else:
        toast(request, _("Sent. Only whoever offers it can read your line."))
        return taken(request, redirect("activity_show", pk=pk))
    return redirect("activity_show", pk=pk)


@require_POST
def update(request: PersonRequest, pk: UUID, application: UUID) -> HttpResponse:
    """The owner's answer."""
    activity = load(request, pk)
    mine = Application.objects.filter(stretch=activity.pk).visible_to(request.user)
    asked = get_object_or_404(mine, pk=application)
    forbid_unless(activity.is_hosted_by(request.user))
    payload = request.POST.get("payload")
    is_undo = payload in (UNDO, GIVE_BACK)
    form = AnswerForm(request.POST)
    if not is_undo and not form.is_valid():
        return _again(request, activity, answer_form=form, answering=asked.pk)
    try:
        if is_undo:
            toast(request, _undone(asked, request.user, gives_back=payload == GIVE_BACK))
        else:
            words = _answered(asked, request.user, **form.cleaned_data)
            here = reverse("application_update", args=[pk, asked.pk])
            is_taken = form.cleaned_data["answer"] == "take_back"
            toast(request, words, undo=here, payload=GIVE_BACK if is_taken else UNDO)
    except CannotJoin as problem:
        toast(request, str(problem))
        return redirect("activity_show", pk=pk)
    return taken(request, redirect("activity_show", pk=pk))


def _undone(asked: Application, by: Person, *, gives_back: bool) -> str:
    """Takes the answer back; a place that was taken back is given again."""
    if not gives_back:
        applying.ask_again(asked, by=by)
        return _("Your answer is taken back. They wait for one again.")
    with transaction.atomic():
        applying.ask_again(asked, by=by)
        applying.agree(asked, by=by)
    return _("Agreed. It is on their list now.")


def _answered(asked: Application, by: Person, *, answer: str, reason: str) -> str:
    """Gives the answer; what the owner is told then."""
    reason = reason.strip()
    if answer == "agree":
        applying.agree(asked, by=by, reason=reason)
        return _("Agreed. It is on their list now.")
    if answer == "take_back":
        applying.take_back(asked, by=by, reason=reason)
        return _("The place is free again. Only the two of you can read why.")
    applying.decline(asked, by=by, reason=reason)
    return _("Answered. Only the two of you can read the reason.")


@require_POST
def delete(request: PersonRequest, pk: UUID, application: UUID) -> HttpResponse:
    """The applicant takes the asking back."""
    activity = load(request, pk)
    asked = get_object_or_404(
        Application.objects.filter(stretch=activity.pk).visible_to(request.user), pk=application
    )
    forbid_unless(asked.person_id == request.user.pk)
    applying.withdraw(asked, by=request.user)
    toast(request, _("Taken back. Your line is gone."))
    return redirect("activity_show", pk=pk)


@require_POST
def look_back(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ends it for the person with what they learned, for them alone; later words are added."""
    activity = load(request, pk)
    mine = activity.participations.filter(person=request.user).first()
    forbid_unless(bool(mine and mine.takes_a_place))
    kept = kept_by(activity, request.user)
    form = LookBackForm(request.POST, kept=kept.title if kept else "")
    if not form.is_valid():
        return _again(request, activity, look_back_form=form)
    activity.complete(request.user, line=form.line())
    toast(request, _("Kept among your moments. Only you can see it."))
    return taken(request, redirect("activity_show", pk=pk))
