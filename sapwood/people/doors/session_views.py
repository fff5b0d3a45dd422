"""Where a person is signed in: the list, and ending one session or all others."""

from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.doors.devices import describe


def index(request: PersonRequest) -> HttpResponse:
    """Every session of mine, this one first; POST ends all others."""
    if request.method == "POST":
        end_other_sessions(request, request.user)
        toast(request, _("Signed out everywhere else."))
        return redirect("usersessions_list")
    mine = UserSession.objects.purge_and_list(request.user)
    sessions = [
        {
            "pk": session.pk,
            "device": describe(session.user_agent),
            "ip": session.ip,
            "since": session.created_at,
            "here": session.is_current(),
        }
        for session in sorted(mine, key=lambda s: s.created_at, reverse=True)
    ]
    sessions.sort(key=lambda session: not session["here"])
    return render(request, "usersessions/usersession_list.html", {"sessions": sessions})


@require_POST
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """Signs out one device."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    here = session.is_current()
    end_sessions(request, [session])
    if not here:
        toast(request, _("Signed out there."))
    return redirect("account_login" if here else "usersessions_list")
