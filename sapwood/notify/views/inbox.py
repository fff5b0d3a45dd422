"""The inbox: its page, opening and snoozing a notice, marking all as read."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.notify.forms import HolidayForm, SettingsForm
from sapwood.notify.inbox import inbox_context
from sapwood.notify.models import Notice
from sapwood.notify.rhythm import week_of
from sapwood.notify.saying import until
from sapwood.notify.weekly import week_picture
from sapwood.people.doors.asking import PersonRequest

MOST_PAGES = 1000


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """What moved, and how one hears of it. It reads, and writes nothing."""
    return inbox_page(request)


def inbox_page(
    request: PersonRequest,
    *,
    form: SettingsForm | None = None,
    holiday: HolidayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with forms that need another look."""
    person, now = request.user, request.user.now()
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    context = inbox_context(person, min(max(number, 1), MOST_PAGES), now)
    context["form"] = form or SettingsForm(None, wishes=context["wishes"], quiet=context["quiet"])
    context["holiday"] = holiday or HolidayForm(now=now)
    context["picture"] = week_picture(context["week"])
    return render(request, "notify/inbox.html", context, status=status)


@require_GET
def show(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Leads to what a notice is about, and counts it as read: only its owner can open it.

    A browser that loads pages ahead has not read them.
    """
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    if "prefetch" not in request.headers.get("Sec-Purpose", ""):
        Notice.objects.filter(pk=notice.pk).read(timezone.now())
    return HttpResponseRedirect(notice.link) if notice.link else redirect("inbox")


@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    """Marks everything in the inbox as read."""
    now = timezone.now()
    Notice.objects.visible_to(request.user).showing(now).read(now)
    toast(request, _("All read. The threads stay where they are."))
    return redirect("inbox")


@require_POST
def snooze(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Until the next working week; with `payload` "back", it is here again."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user).unread(), pk=pk)
    now = request.user.now()
    if request.POST.get("payload") == "back":
        notice.snooze(now)
        return redirect("inbox")
    monday = week_of(request.user).next_week(now)
    notice.snooze(monday)
    words = _("It comes back on %(day)s.") % {"day": until(monday, now)}
    toast(request, words, undo=request.path, payload="back")
    return redirect("inbox")
