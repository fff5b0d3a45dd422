"""Tags that others already use, while somebody types one."""

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from sapwood.people.doors.asking import PersonRequest
from sapwood.people.skills import offered


@require_GET
def index(request: PersonRequest) -> JsonResponse:
    """Up to eight names that fit `q`, for js/pages/tag-input.js."""
    return JsonResponse({"tags": offered(request.GET.get("q", "")[:100])})
