"""The first hour's steps: each is done when the facts say so, never because somebody ticked it."""

from collections.abc import Iterable
from typing import NamedTuple

from allauth.mfa.utils import is_mfa_enabled
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sapwood.people.doors.telling import TOLD
from sapwood.people.models import AuditEvent, Invitation, Organisation, Person

AGREED = "privacy_agreed"


class Step(NamedTuple):
    """One step: its key names the part of the page, `done` comes from the rows."""

    key: str
    title: str
    done: bool


def address(name: str) -> str:
    """The address of a view, or nothing while the app that has it is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def has_sample() -> bool:
    """True while invented people are here."""
    found: bool = Person.objects.filter(is_sample=True).exists()
    return found


def steps(organisation: Organisation, administrator: Person) -> list[Step]:
    """The steps in their order."""
    others = Person.objects.filter(is_sample=False).exclude(pk=administrator.pk).exists()
    return [
        Step("place", _("Name, language and place"), organisation.is_set_up),
        Step("key", _("A second key for you"), bool(is_mfa_enabled(administrator))),
        Step("people", _("Bring people in"), others),
        Step(
            "privacy",
            _("Agree what is private"),
            AuditEvent.objects.filter(action=AGREED).exists(),
        ),
        *([Step("sample", _("Something to find on day one"), has_sample())]
          if address("sample_load") else []),
        Step("door", _("Open the door"), _door_is_open(organisation)),
    ]  # fmt: skip


def _door_is_open(organisation: Organisation) -> bool:
    return bool(
        organisation.domains
        or Invitation.objects.exists()
        or AuditEvent.objects.filter(action=TOLD).exists()
    )


def current(all_steps: Iterable[Step]) -> str:
    """The key of the first step that is not done; empty when all are."""
    return next((step.key for step in all_steps if not step.done), "")
