"""Who looked: the person's own part of the record, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.people.importing.headers import BY_KEY
from sapwood.people.models import AuditEvent, Person

MONTHS_12 = timedelta(days=365)
SHOWN = 100
# Action → (what happened, why they could).
ACTIONS: dict[str, tuple[Any, Any]] = {
    "person_added": (
        gettext_lazy("Added you"),
        gettext_lazy("Administrators keep the list of people"),
    ),
    "person_changed": (
        gettext_lazy("Changed your data"),
        gettext_lazy("Administrators keep the list of people"),
    ),
    "address_asked": (
        gettext_lazy("Wrote another address for you, which waits for your word"),
        gettext_lazy("Administrators keep the list of people"),
    ),
    "address_kept": (gettext_lazy("Kept the address you have"), gettext_lazy("It is yours")),
    "person_closed": (
        gettext_lazy("Closed your account"),
        gettext_lazy("Administrators keep the list of people"),
    ),
    "person_opened": (
        gettext_lazy("Opened your account again"),
        gettext_lazy("Administrators keep the list of people"),
    ),
    "role_granted": (gettext_lazy("Gave you a role"), gettext_lazy("Administrators give roles")),
    "role_revoked": (gettext_lazy("Took a role back"), gettext_lazy("Administrators give roles")),
    "told_to_sign_in": (
        gettext_lazy("Wrote to you how to sign in"),
        gettext_lazy("Administrators keep the list of people"),
    ),
    "people_exported": (
        gettext_lazy("Downloaded the list of people, with your line"),
        gettext_lazy("Administrators keep the list of people"),
    ),
    "copy_taken": (gettext_lazy("Took a copy of everything"), gettext_lazy("It is yours")),
}
MORE_FIELDS = {
    "is_active": gettext_lazy("account"),
    "roles": gettext_lazy("roles"),
}


@dataclass(frozen=True)
class Look:
    """One line of the table."""

    at: datetime
    who: str
    what: str
    why: str


def looks_at(person: Person, now: datetime) -> list[Look]:
    """The last twelve months, newest first."""
    events = AuditEvent.objects.visible_to(person).since(now - MONTHS_12).select_related("actor")
    return [_look(event, person) for event in events[:SHOWN]]


def _look(event: AuditEvent, person: Person) -> Look:
    what, why = ACTIONS.get(event.action, (event.action.replace("_", " ").capitalize(), ""))
    fields = [str(_field(name)) for name in event.detail.get("fields", [])]
    if event.actor_id == person.pk:
        who = _("You")
    else:
        who = event.actor.name if event.actor else _("The command line")
    return Look(event.at, who, f"{what}: {', '.join(fields)}" if fields else str(what), str(why))


def _field(name: str) -> Any:
    if name in MORE_FIELDS:
        return MORE_FIELDS[name]
    return str(BY_KEY[name].label).lower() if name in BY_KEY else name
