"""Changing, deleting, bringing back and taking back a moment."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sapwood.core.formats import FILTERS
from sapwood.core.keeping import forget_copy, taken
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.ledger.counted import counted
from sapwood.ledger.erasing import TooLateError, erase, restore
from sapwood.ledger.forms import ChangeForm
from sapwood.ledger.keeping import change
from sapwood.ledger.models import Moment
from sapwood.ledger.sharing import withdraw
from sapwood.people.doors.asking import PersonRequest


def edit(request: PersonRequest, uid: UUID) -> HttpResponse:
    """The form in the row's place; kept, the row stands there again."""
    moment = own_moment(request, uid)
    is_sent = request.method == "POST"
    sent = request.POST if is_sent else None
    initial, ids = ChangeForm.initial_of(moment), f"m-{moment.uid.hex}-%s"
    form = ChangeForm(sent, person=request.user, initial=initial, auto_id=ids)
    if is_sent and request.POST.get("as") == "find":
        form.forget_mistakes()
    elif is_sent and form.is_valid():
        before = moment.occurred_on
        change(moment, form.cleaned_data, form.facts)
        if moment.occurred_on != before:
            return taken(request, _moved(request, moment, before))
        return taken(request, _row(request, moment))
    status = 422 if form.is_bound and form.errors else 200
    context = {"moment": moment, "form": form}
    return render(request, "ledger/moments/edit.html", context, block="form", status=status)


@require_POST
def delete(request: PersonRequest, uid: UUID) -> HttpResponse:
    """Deletes at once; the answer alone holds what Undo needs."""
    moment = own_moment(request, uid)
    title, day = moment.title, moment.occurred_on
    context = {"title": title, "payload": erase(moment), "counted": counted(request, [day])}
    answer = render(request, "ledger/moments/deleted.html", context, block="gone")
    return forget_copy(answer, f"{request.user.pk}:moment-{uid}")


@require_POST
def undo(request: PersonRequest) -> HttpResponse:
    """Brings a moment back from the page that deleted it, within the hour."""
    try:
        moment = restore(request.user, request.POST.get("payload", ""))
    except TooLateError:
        return render(request, "ledger/moments/too_late.html", block="line", status=422)
    if not request.htmx:
        toast(request, _("It is back where it was."))
    return _row(request, moment)


@require_POST
def take_back(request: PersonRequest, uid: UUID) -> HttpResponse:
    """Undo of a moment just kept: it goes, and so does its trace in the rings."""
    erase(own_moment(request, uid))
    toast(request, _("Taken back. Your rings are as they were."))
    return HttpResponseRedirect(reverse("moments"))


@require_POST
def unshare(request: PersonRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Takes the moment back from one colleague, at once."""
    moment = own_moment(request, uid)
    share = get_object_or_404(moment.shares.select_related("person"), person=person)
    withdraw(moment, share.person)
    words = _("%(name)s can no longer see it.") % {"name": share.person.name}
    toast(request, words)
    return HttpResponseRedirect(reverse("moment_show", args=[moment.uid]))


def own_moment(request: PersonRequest, uid: UUID) -> Moment:
    """The moment, for its owner; 404 for who cannot see it, 403 for who can only read it."""
    moments = Moment.objects.visible_to(request.user)
    moment = get_object_or_404(moments.select_related("person"), uid=uid)
    forbid_unless(moment.can_edit(request.user))
    return moment


def _row(request: PersonRequest, moment: Moment) -> HttpResponse:
    if request.htmx:
        shares = moment.shares.select_related("person").order_by("person__name")
        context = {"moment": moment, "is_mine": True, "shares": shares}
        context["counted"] = counted(request, [moment.occurred_on])
        return render(request, "ledger/moments/show.html", context, block="row")
    year = moment.occurred_on.year
    return HttpResponseRedirect(f"{reverse('moments')}?year={year}#m-{moment.uid}")


def _moved(request: PersonRequest, moment: Moment, before: date) -> HttpResponse:
    """On another day it stands elsewhere: the same list anew, or the list of its year."""
    day = FILTERS["fullday"](moment.occurred_on)
    toast(request, _("It stands under %(day)s now.") % {"day": day})
    there = f"{reverse('moments')}?year={moment.occurred_on.year}#m-{moment.uid}"
    if counted(request, []) and moment.occurred_on.year == before.year:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": there})
    return HttpResponseRedirect(there)
