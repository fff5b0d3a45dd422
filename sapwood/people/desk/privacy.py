"""The privacy page of this installation, for the works council: from the same declarations."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from sapwood.core.pages import render
from sapwood.core.policies import Policy, models_with_policy
from sapwood.people.desk.access import administrators_only
from sapwood.people.desk.field_words import in_words
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Organisation, Role

ERASURE: dict[str, Any] = {
    "delete": _("Deleted"),
    "anonymise": _("The name is taken out, the rest stays"),
    "keep": _("Kept"),
}
ROLES: dict[str, Any] = {
    "administrator": _("Keeps people, units and roles, runs imports, sees their audit trail. "
                       "Sees no journal, no moments, no rings."),
    "steward": _("Prepares what the organisation offers. "
                 "Sees groups of the sizes above, never one person."),
    "curator": _("Picks and keeps resources in order. Sees no personal data beyond profiles."),
    "concierge": _("Answers the questions people send to them, and sees only those."),
}  # fmt: skip


@dataclass(frozen=True)
class Declared:
    """One promise about a model, with the fields it is about."""

    title: str
    fields: list[str]
    purpose: Any
    seen_by: Any
    retention: Any
    erasure: Any
    because: Any


def declared(model: type[models.Model], policy: Policy) -> list[Declared]:
    """What is said about one model, one line for each circle that sees some of its fields."""
    changed = policy.erase == "anonymise" and policy.kept_because
    return [
        Declared(
            title=str(audience.title),
            fields=in_words(f for f in model._meta.concrete_fields if f.name in audience.fields),
            purpose=audience.purpose,
            seen_by=audience.seen_by,
            retention=policy.retention,
            erasure="" if changed else ERASURE[policy.erase],
            because=policy.kept_because,
        )
        for audience in policy.audiences(model)
    ]


@administrators_only
@require_GET
def show(request: PersonRequest) -> HttpResponse:
    """Every kind of data: fields, purpose, who sees it, how long, and what erasure does."""
    values = {
        "declared": [each for known in models_with_policy() for each in declared(*known)],
        "roles": [(role.label, ROLES[role.value]) for role in Role],
        "rules": Organisation.current(),
        "now": timezone.now(),
    }
    return render(request, "people/desk/privacy.html", values)
