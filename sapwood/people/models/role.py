"""Roles, as data. Facilitator is per object and lives with the object."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import Policy
from sapwood.core.prepared import Prepared
from sapwood.people.models.person import Person


class Role(models.TextChoices):
    """What someone may do beyond learning."""

    STEWARD = "steward", _("Learning and development")
    CURATOR = "curator", _("Curator")
    CONCIERGE = "concierge", _("Concierge")
    ADMINISTRATOR = "administrator", _("Administrator")


class RoleGrant(models.Model):
    """One person, one role, and who gave it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("Roles"),
        purpose=_("So that it is clear who may do what."),
        seen_by=_("Everyone in the organisation"),
        retention=_("While you hold the role."),
        export=("role", "granted_at"),
        circle="everyone",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], name="role_once_per_person"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return self.role


held_by = Prepared(
    lambda person: RoleGrant.objects.filter(person=person).values_list("role", flat=True)
)
