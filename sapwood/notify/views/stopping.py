"""Stopping from a letter, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sapwood.core.pages import render
from sapwood.notify.stopping import read_token
from sapwood.notify.undoing import stop_with_undo, undo
from sapwood.people.models import Person


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the token is the proof
@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def stop_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows one button, because scanners of mail follow links; POST does it, and `again` with
    the word of this page undoes it.

    It names no titles: whoever holds the letter learns nothing more here.
    """
    try:
        stop = read_token(token)
    except (BadSignature, ValueError, Person.DoesNotExist) as error:
        raise Http404 from error
    context = {"stop": stop, "done": False, "again": False, "lang": stop.person.language}
    if "again" in request.POST:
        context["again"] = undo(stop, request.POST["again"], timezone.now())
    elif request.method == "POST":
        context |= {"done": True, "undo": stop_with_undo(stop, timezone.now())}
    with translation.override(stop.person.language):
        return render(request, "notify/stop.html", context)
