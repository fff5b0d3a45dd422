"""Changing someone's data at the desk: checked, saved, and put on record in codes."""

from collections.abc import Iterable

from django.db import transaction

from sapwood.people.doors.addresses import ask_for_address, give_address, who_must_confirm
from sapwood.people.models import AuditEvent, Person, RoleGrant


class ChangeRefusedError(Exception):
    """The rules of the organisation forbid it; `code` says which one."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def save_person(person: Person, *, by: Person, fields: Iterable[str], is_new: bool = False) -> None:
    """Saves `fields` of `person` and writes who changed them. Raises ChangeRefusedError.

    `person` carries the new values already; the rows in the database are still the old ones.
    """
    changed = sorted(fields)
    with transaction.atomic():
        if "is_active" in changed and not person.is_active:
            Person.hold_administrators()
            if Person.objects.get(pk=person.pk).is_only_administrator:
                raise ChangeRefusedError("only_administrator")
        if "email" in changed and not is_new:
            changed.remove("email")
            changed += _change_address(person)
        person.save()
        if "is_active" in changed and not is_new:
            changed.remove("is_active")
            action = "person_opened" if person.is_active else "person_closed"
            AuditEvent.write(action, actor=by, subject=person)
            if not person.is_active:
                person.end_sessions()
        if "new_address" in changed:
            changed.remove("new_address")
            AuditEvent.write("address_asked", actor=by, subject=person)
        if changed:
            action = "person_added" if is_new else "person_changed"
            AuditEvent.write(action, actor=by, subject=person, fields=sorted(changed))


def _change_address(person: Person) -> list[str]:
    """The address at once if nobody came in by it, else a question to its owner; what was done."""
    new = person.email
    person.email = Person.objects.values_list("email", flat=True).get(pk=person.pk)
    if who_must_confirm([person.pk]):
        ask_for_address(person, new)
        return ["new_address"]
    give_address(person, new)
    return ["email"]


def set_roles(person: Person, roles: Iterable[str], *, by: Person) -> None:
    """Gives and takes back roles so that `roles` are held. Raises ChangeRefusedError."""
    wanted = set(roles)
    with transaction.atomic():
        Person.hold_administrators()
        held = set(person.role_grants.values_list("role", flat=True))
        if (
            "administrator" in held - wanted
            and Person.objects.get(pk=person.pk).is_only_administrator
        ):
            raise ChangeRefusedError("only_administrator")
        for role in sorted(wanted - held):
            RoleGrant.objects.create(person=person, role=role, granted_by=by)
            AuditEvent.write("role_granted", actor=by, subject=person, role=role)
        for role in sorted(held - wanted):
            RoleGrant.objects.filter(person=person, role=role).delete()
            AuditEvent.write("role_revoked", actor=by, subject=person, role=role)
    person.__dict__.pop("roles", None)
