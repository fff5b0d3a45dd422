"""Addresses written by others: nobody reaches an account by changing where its letters go."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sapwood.core.policies import models_with_policy
from sapwood.people.doors.letters import tell_of_new_address, tell_of_waiting_address
from sapwood.people.models import AuditEvent, NewAddress, Person

CHUNK = 500  # people in one question


def who_must_confirm(keys: Iterable[UUID]) -> set[UUID]:
    """Those of `keys` who have come in, or under whose account anything private lies."""
    wanted = list(keys)
    found: set[UUID] = set()
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        known = Person.objects.filter(pk__in=some).who_came_in().values_list("pk")
        private = [
            model._default_manager.filter(**{f"{policy.person}__in": some})
            .order_by()
            .values_list(policy.person)
            for model, policy in models_with_policy()
            if policy.private and not policy.matches
        ]
        found |= {key for (key,) in known.order_by().union(*private)}
    return found


def give_address(person: Person, email: str) -> None:
    """Another address at once, for somebody who was never here; the old one is told."""
    before, person.email = person.email, email
    person.emailaddress_set.all().delete()  # type: ignore[attr-defined]
    NewAddress.objects.filter(person=person).delete()
    tell_of_new_address(person, before=before)


def ask_for_address(person: Person, email: str) -> None:
    """Keeps `email` until `person` confirms it; both addresses are told, neither changes."""
    NewAddress.objects.update_or_create(
        person=person, defaults={"email": email, "asked_at": timezone.now()}
    )
    tell_of_waiting_address(person, email)


def keep_address(person: Person) -> None:
    """Says no to the address that waits."""
    with transaction.atomic():
        if NewAddress.objects.filter(person=person).delete()[0]:
            AuditEvent.write("address_kept", actor=person, subject=person)
