"""The view that writes tickets: behind sign-in and every rule that the stream itself passes by."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sapwood.live import tickets
from sapwood.live.topics import audible
from sapwood.people.doors.asking import PersonRequest


@require_safe
def ticket(request: PersonRequest) -> HttpResponse:
    """A ticket for those of the topics asked for that this person may hear."""
    topics = audible(request.user, request.GET.getlist("topic"))
    key = request.session.session_key or ""
    text = tickets.write(request.user.pk, key, topics, timezone.now())
    return JsonResponse({"ticket": text, "topics": topics})
