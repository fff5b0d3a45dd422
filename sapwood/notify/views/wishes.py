"""Choosing: the settings, the pause, and muting from a notice."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sapwood.core.toasts import toast
from sapwood.notify.forms import HolidayForm, SettingsForm
from sapwood.notify.inbox import soon
from sapwood.notify.kinds import kind_of
from sapwood.notify.models import Notice, Quiet
from sapwood.notify.rhythm import quiet_of, week_of
from sapwood.notify.saying import until
from sapwood.notify.stopping import Stop, is_stoppable
from sapwood.notify.views.inbox import inbox_page
from sapwood.notify.wishing import forget_wishes, pause, wish, wishes_of
from sapwood.people.doors.asking import PersonRequest


@require_POST
def settings(request: PersonRequest) -> HttpResponse:
    """Keeps what reaches one, where and how often."""
    person, now = request.user, request.user.now()
    form = SettingsForm(request.POST, wishes=wishes_of(person), quiet=quiet_of(person))
    if not form.is_valid():
        return inbox_page(request, form=form, status=422)
    with transaction.atomic():
        Quiet.objects.update_or_create(person=person, defaults=form.hours)
        wish(person, form.rhythms, now)
    toast(request, _("Kept. This is how notices reach you now."))
    return redirect(reverse("inbox") + "#set")


@require_POST
def defaults(request: PersonRequest) -> HttpResponse:
    """Back to the quiet defaults; the hours stay."""
    forget_wishes(request.user, request.user.now())
    toast(request, _("These are the quiet defaults again."))
    return redirect(reverse("inbox") + "#set")


@require_POST
def pause_all(request: PersonRequest) -> HttpResponse:
    """E-mail and phone wait: `until` is "soon", "monday", "day" with `back_on`, or empty."""
    person, now = request.user, request.user.now()
    asked = request.POST.get("until", "")
    holiday = HolidayForm(request.POST if asked == "day" else None, now=now)
    if asked == "day" and not holiday.is_valid():
        return inbox_page(request, holiday=holiday, status=422)
    ends = {"soon": soon(now), "monday": week_of(person).next_week(now)}
    end = holiday.until if asked == "day" else ends.get(asked)
    pause(person, end, now)
    words = _("Quiet until %(when)s.") % {"when": until(end, now)} if end else ""
    toast(request, words or _("Notices reach you again."))
    return redirect("inbox")


@require_POST
def stop(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Stops the thing a notice is about, or notices of its kind; the toast takes it back."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    kind, now = kind_of(notice), request.user.now()
    if kind is None:
        raise Http404
    what = kind.what_stops(notice)
    title = str(kind.name) if kind.stops_kind else notice.title
    Stop(request.user, what).begin(now, title=title)
    Notice.objects.filter(pk=notice.pk).read(now)
    words = _("You will hear no more of this.")
    toast(request, words, undo=reverse("notice_resume"), payload=what)
    return redirect("inbox")


@require_POST
def resume(request: PersonRequest) -> HttpResponse:
    """Takes a stop back; `payload` is what was stopped."""
    what = request.POST.get("payload", "")
    if not is_stoppable(what):
        raise Http404
    Stop(request.user, what).end(request.user.now())
    toast(request, _("You will hear of this again."))
    return redirect("inbox")
