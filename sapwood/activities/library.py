"""The library of a group: what stands in it, who puts it there and who takes it out.

Standing there says nothing of who may see a thing: that is its own audience. So the shelf is what
each reader may see of it, and nothing here ever shows a thing to more people.
"""

from typing import Any
from uuid import UUID

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from sapwood.activities.models import Activity, ActivityQuerySet, Audience, State
from sapwood.people.models import Person
from sapwood.spaces.models import Space

SALT = "sapwood.activities.library"
KEPT_FOR = 3600  # seconds in which taking out can be taken back


class Taken(Exception):
    """It stands in the library of another group."""


def shelf(space: Space, person: Person) -> ActivityQuerySet:
    """What this person sees of the library, newest first."""
    standing = Activity.objects.visible_to(person).published().filter(space=space)
    return standing.order_by("-published_at", "-pk")


def may_add(space: Space, person: Person) -> bool:
    """Whoever writes in the group: something of their own, or more if they look after it."""
    return Space.objects.joined_by(person).standing().filter(pk=space.pk).exists()


def looks_after(space: Space, person: Person) -> bool:
    """Stewards and facilitators."""
    return space.audience.is_looked_after_by(person)


def offered(space: Space, person: Person) -> ActivityQuerySet:
    """What this person may put in: their own, and what they found if they look after the group."""
    rule = Q(owner=person) & ~Q(state=State.ARCHIVED)
    if looks_after(space, person):
        rule |= Q(state=State.PUBLISHED, audience__in=(Audience.EVERYONE, Audience.UNIT))
    found = Activity.objects.visible_to(person).filter(rule, space=None)
    return found.order_by("-published_at", "-created_at", "-pk")


@transaction.atomic
def put_in(space: Space, key: UUID, *, by: Person) -> Activity:
    """Puts it there; twice is once. Raises PermissionDenied, and Taken where another group was
    first."""
    thing = Activity.objects.visible_to(by).filter(pk=key).first()
    if thing is None or not may_add(space, by):
        raise PermissionDenied
    if thing.space_id == space.pk:
        return thing
    if thing.space_id is not None:
        raise Taken
    if not offered(space, by).filter(pk=key).exists():
        raise PermissionDenied
    if not Activity.objects.filter(pk=key, space=None).update(space=space):
        raise Taken
    return thing


@transaction.atomic
def take_out(space: Space, key: UUID, *, by: Person) -> str:
    """Takes it out; what was for the group alone is for the invited then. Gives what `undo` needs.

    Raises PermissionDenied for all but its owner and those who look after the group.
    """
    thing = Activity.objects.select_for_update(of=("self",)).filter(pk=key, space=space).first()
    if thing is None:
        raise PermissionDenied
    if not (thing.is_hosted_by(by) or (looks_after(space, by) and space.can_read(by))):
        raise PermissionDenied
    before = {"by": by.pk.hex, "pk": key.hex, "space": space.pk.hex, "audience": thing.audience}
    thing.audience = Audience.INVITED if thing.audience == Audience.GROUP else thing.audience
    thing.space = None
    thing.save(update_fields=["space", "audience", "ring", "form"])
    return signing.dumps(before, salt=SALT)


@transaction.atomic
def undo(space: Space, payload: str, *, by: Person) -> None:
    """Puts back what `by` took out, for whom it was. Raises BadSignature for anything else or too
    late, and Taken where it was changed or another group has it by now."""
    data: dict[str, Any] = signing.loads(payload, salt=SALT, max_age=KEPT_FOR)
    if data["by"] != by.pk.hex or data["space"] != space.pk.hex:
        raise signing.BadSignature
    left = Audience.INVITED if data["audience"] == Audience.GROUP else data["audience"]
    same = Activity.objects.filter(pk=data["pk"], space=None, audience=left)
    if not same.update(space=space, audience=data["audience"]):
        raise Taken
