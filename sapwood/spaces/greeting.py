"""The welcome of a group: once for each member, whichever way they came in."""

from typing import Any

from django.utils import timezone

from sapwood.conversations.models import Membership
from sapwood.people.models import Person
from sapwood.spaces.models import Greeting
from sapwood.spaces.models.greeting import NEW_FOR


def greets(space: Any, person: Person) -> bool:
    """True on the first visit of a new member, and never again. `space` comes from `load`.

    Stewards write the welcome; nobody greets them.
    """
    now = timezone.now()
    if not space.welcome or space.my_role in (None, Membership.Role.STEWARD):
        return False
    if space.greeted_at is not None or space.my_since < now - NEW_FOR:
        return False
    _row, is_first = Greeting.objects.get_or_create(
        space_id=space.pk, person=person, defaults={"at": now}
    )
    return is_first
