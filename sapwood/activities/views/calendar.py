"""The private calendar address: the page that shows it, and the feed behind it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sapwood.activities.gatherings import together
from sapwood.activities.models import CalendarFeed
from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest


@require_http_methods(["GET", "POST"])
def calendar(request: PersonRequest) -> HttpResponse:
    """The address to give to a calendar app; POST makes the first one, or a new one."""
    found = CalendarFeed.objects.filter(person=request.user).first()
    if request.method == "POST":
        if found:
            found.renew()
            toast(request, _("The old address stopped working."))
        else:
            CalendarFeed.objects.create(person=request.user)
        return redirect("calendar")
    address = settings.BASE_URL + reverse("calendar_feed", args=[found.token]) if found else ""
    context = {"address": address, "rituals": together(request.user, timezone.now())}
    return render(request, "activities/calendar.html", context)


@login_not_required
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The iCalendar file for whoever knows the address."""
    from sapwood.activities.calendars import feed as feed_of  # heavy, and seldom asked for

    found = CalendarFeed.by_token(token)
    if found is None:
        raise Http404
    with translation.override(found.person.language):
        body = feed_of(found.person, timezone.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=300"
    response.headers["Content-Disposition"] = 'inline; filename="sapwood.ics"'
    return response
