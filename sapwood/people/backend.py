"""Who a session belongs to: one query for the person, their unit and their roles."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from sapwood.core.prepared import Prepared
from sapwood.people.models import Person, Role, RoleGrant


def _active_with_roles(pk: UUID) -> Any:
    grants = RoleGrant.objects.filter(person=OuterRef("pk"))
    held = {f"holds_{role.value}": Exists(grants.filter(role=role)) for role in Role}
    return Person.objects.active().select_related("unit").annotate(**held).filter(pk=pk)


_active = Prepared(_active_with_roles)


class PersonBackend(AuthenticationBackend):
    """Sign-in is allauth's; only the load of each request is ours."""

    def get_user(self, user_id: UUID) -> Person | None:
        """The person who is signed in, if they may still be; their roles are asked once."""
        person: Person | None = next(iter(_active(pk=user_id)), None)
        if person:
            person.roles = frozenset(
                role.value for role in Role if vars(person)[f"holds_{role.value}"]
            )
        return person
