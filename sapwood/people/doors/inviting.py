"""Invitations by link: making one, and letting exactly as many people in as it has uses."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from sapwood.people.models import (
    AuditEvent,
    Invitation,
    Organisation,
    Person,
    RoleGrant,
    Unit,
)

LASTS = timedelta(days=14)


def invite(
    by: Person,
    *,
    now: datetime | None = None,
    email: str = "",
    uses: int = 1,
    lasts: timedelta = LASTS,
    unit: Unit | None = None,
    role: str = "",
) -> Invitation:
    """A new link, for one address (which then counts as proved) or for `uses` people.

    Raises ValidationError for an address that is already here, and for a role on an open link.
    """
    now, email = now or timezone.now(), email.strip().lower()
    if email and Person.objects.filter(email__iexact=email).exists():
        raise ValidationError(_("This person is already here."))
    if role and not email:
        raise ValidationError(_("A role needs an address: an open link lets anybody in."))
    with transaction.atomic():
        invitation = Invitation.objects.create(
            email=email, unit=unit, role=role, invited_by=by, created_at=now,
            expires_at=now + lasts, uses_left=1 if email else uses,
        )  # fmt: skip
        AuditEvent.write("invited", actor=by, subject=None, uses=invitation.uses_left, role=role)
    return invitation


def withdraw(invitation: Invitation, *, by: Person, now: datetime) -> None:
    """Ends a link at once."""
    with transaction.atomic():
        invitation.withdrawn_at = now
        invitation.save(update_fields=["withdrawn_at"])
        AuditEvent.write("invitation_withdrawn", actor=by, subject=None)


def let_in(
    *,
    name: str,
    email: str,
    password: str = "",
    language: str = "",
    invitation: Invitation | None = None,
    now: datetime,
) -> Person | None:
    """The new person, whose address is proved; None when the last place has just been taken.

    `password` is already hashed. One update takes the place, so two people at once cannot share it.
    """
    organisation = Organisation.current()
    try:
        with transaction.atomic():
            if invitation and not _take_place(invitation, now=now):
                return None
            person = Person(
                email=email.lower(), name=name, unit=invitation.unit if invitation else None,
                language=language or organisation.language, time_zone=organisation.time_zone,
                joined_on=now.date(), named_self=True,
            )  # fmt: skip
            if password:
                person.password = password
            else:
                person.set_unusable_password()
            person.save()
            EmailAddress.objects.create(
                user=person, email=person.email, primary=True, verified=True
            )
            if invitation and (role := invitation.role_to_give):
                RoleGrant.objects.create(person=person, role=role, granted_by=invitation.invited_by)
            AuditEvent.write("joined", actor=person, subject=person)
    except IntegrityError:
        return None
    return person


def _take_place(invitation: Invitation, *, now: datetime) -> bool:
    one = Invitation.objects.open(now).filter(pk=invitation.pk)
    return one.update(uses_left=F("uses_left") - 1) == 1
