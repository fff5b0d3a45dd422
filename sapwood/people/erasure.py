"""Erasing a person, by the policies: rows go or lose the person, and nothing names them."""

from django.db import transaction

from sapwood.core.policies import models_with_policy
from sapwood.people.models import AuditEvent, Person


class OnlyAdministratorError(Exception):
    """The last administrator can't go before somebody else can take over."""


def erase_person(person: Person) -> None:
    """Removes every trace of `person` that their policies don't keep for a stated reason.

    Their row stays without name, so that threads of others stay readable. Raises
    OnlyAdministratorError.
    """
    with transaction.atomic():
        Person.hold_administrators()
        if person.is_only_administrator:
            raise OnlyAdministratorError
        person.end_sessions()
        for model, policy in models_with_policy():
            if model is Person:
                continue
            rows = policy.rows(model, person)
            if policy.erase == "delete":
                if hasattr(model, "erase"):
                    for row in rows:
                        row.erase()
                else:
                    rows.delete()
            elif policy.erase == "anonymise":
                if hasattr(model, "anonymise"):
                    for row in rows:
                        row.anonymise()
                else:
                    rows.update(**{policy.person: None})
        for model, _policy in models_with_policy():
            if hasattr(model, "forget_mentions"):
                model.forget_mentions(person)
        Person.objects.filter(manager=person).update(manager=None)
        person.anonymise()
        AuditEvent.write("person_erased", actor=None, subject=None)
