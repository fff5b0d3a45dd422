"""Switching push on and off for the browser at hand."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from sapwood.notify.push.devices import switch_off, switch_on
from sapwood.notify.push.keys import public_key
from sapwood.people.doors.asking import PersonRequest


@require_GET
def key(request: PersonRequest) -> JsonResponse:
    """The key that a browser asks its push service with."""
    return JsonResponse({"key": public_key()})


@require_POST
def create(request: PersonRequest) -> HttpResponse:
    """Takes `endpoint`, `p256dh` and `auth` as the browser got them."""
    given = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    session = request.session.session_key or ""
    try:
        switch_on(request.user, **given, session=session, now=request.user.now())
    except ValidationError as problem:
        return JsonResponse({"error": " ".join(problem.messages)}, status=422)
    return HttpResponse(status=204)


@require_POST
def delete(request: PersonRequest) -> HttpResponse:
    """Forgets this browser."""
    switch_off(request.user, request.POST.get("endpoint", ""))
    return HttpResponse(status=204)
