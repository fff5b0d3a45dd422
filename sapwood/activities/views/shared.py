"""The gate that every page of one activity goes through."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from sapwood.activities.models import Activity
from sapwood.people.doors.asking import PersonRequest


def load(request: PersonRequest, pk: UUID) -> Activity:
    """The activity, if this person may see it; else 404."""
    seen = Activity.objects.visible_to(request.user).select_related("owner__unit", "unit", "image")
    return get_object_or_404(seen, pk=pk)
