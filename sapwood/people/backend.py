"""Who a session belongs to: one query for the person and their unit."""

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from sapwood.core.prepared import Prepared
from sapwood.people.models import Person

_active = Prepared(lambda pk: Person.objects.active().select_related("unit").filter(pk=pk))


class PersonBackend(AuthenticationBackend):
    """Sign-in is allauth's; only the load of each request is ours."""

    def get_user(self, user_id: UUID) -> Person | None:
        """The person who is signed in, if they may still be."""
        return next(iter(_active(pk=user_id)), None)
