"""When a group meets: the page, and the whole of it as a file for calendars."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sapwood.activities.gatherings import coming, missing, recaps, rituals
from sapwood.core.pages import render
from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces.page import drawn_frame, load_readable, may_write


@require_GET
def index(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What is coming, and what was kept of what is over."""
    space, now = load_readable(request, pk), timezone.now()
    held = rituals(space, now.date())
    kept = recaps(space)
    writes = may_write(request.user, space)
    context = drawn_frame(request, space, "gatherings") | {
        "coming": coming(space, held, request.user, now),
        "recaps": kept,
        "missing": missing(held, kept, now) if writes else [],
        "may_write": writes,
    }
    return render(request, "activities/gatherings.html", context)


@require_GET
def file(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Its rituals and what is dated in its library, as an iCalendar file."""
    from sapwood.activities.calendars import of_group  # heavy, and seldom asked for

    space = load_readable(request, pk)
    body = of_group(space, request.user, timezone.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="gatherings.ics"'
    return response
