"""Audience: who may read, and who may write, what hangs on it; and its members by name."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.people.models import Person, PersonQuerySet, Unit


class Reach(models.TextChoices):
    """Who may read."""

    EVERYONE = "everyone", _("Everyone in the organisation")
    UNIT = "unit", _("A unit")
    MEMBERS = "members", _("Its members")


class Writing(models.TextChoices):
    """Who may write."""

    READERS = "readers", _("Whoever may read it")
    MEMBERS = "members", _("Its members")
    NOBODY = "nobody", _("Nobody any more")


def readable(person: Person, prefix: str = "") -> models.Q:
    """The rule of `readable_by`, for rows whose audience is behind `prefix`, as "audience__"."""
    mine = Membership.objects.filter(person=person.pk).values("audience")
    units = person.unit.ancestry if person.unit else []
    return (
        models.Q(**{f"{prefix}reach": Reach.EVERYONE})
        | models.Q(**{f"{prefix}pk__in": mine})
        | models.Q(**{f"{prefix}reach": Reach.UNIT, f"{prefix}unit__in": units})
    )


class AudienceQuerySet(models.QuerySet["Audience"]):
    """Questions about audiences."""

    def readable_by(self, person: Person) -> Self:
        """Open to everyone, to a unit above the person, or with them as a member. No role adds
        any."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        return self.filter(readable(person))

    def writable_by(self, person: Person) -> Self:
        """Where this person's words may go."""
        mine = Membership.objects.filter(person=person.pk).values("audience")
        may = models.Q(writing=Writing.READERS) | models.Q(writing=Writing.MEMBERS, pk__in=mine)
        return self.readable_by(person).filter(may)


class Audience(models.Model):
    """Held by a space, an activity, whatever can be talked about; they keep it in step.

    `name` and `home` say what it belongs to, for crumbs and for mentions of the whole group.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, blank=True)
    home = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=8, choices=Reach.choices, default=Reach.MEMBERS)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="+")
    writing = models.CharField(max_length=8, choices=Writing.choices, default=Writing.MEMBERS)

    objects = AudienceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reach__in=Reach.values), name="audience_reach_known"
            ),
            models.CheckConstraint(
                condition=models.Q(writing__in=Writing.values), name="audience_writing_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    def membership_of(self, person: Person) -> "Membership | None":
        """This person's place among the members."""
        return self.memberships.filter(person=person.pk).first()

    def is_looked_after_by(self, person: Person) -> bool:
        """True for its stewards and facilitators: they close, merge and review."""
        return self.memberships.filter(person=person.pk).looking_after().exists()

    def readers(self) -> PersonQuerySet:
        """Every active person who may read it."""
        everyone: PersonQuerySet = Person.objects.active()
        if self.reach == Reach.EVERYONE:
            return everyone
        listed = models.Q(pk__in=self.memberships.values("person"))
        if self.reach == Reach.UNIT and self.unit:
            listed |= models.Q(unit__path__startswith=self.unit.path)
        listed_ones: PersonQuerySet = everyone.filter(listed)
        return listed_ones


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about members."""

    def looking_after(self) -> Self:
        """Stewards and facilitators."""
        return self.filter(role__in=(Membership.Role.STEWARD, Membership.Role.FACILITATOR))

    def active(self) -> Self:
        """Of people who can sign in."""
        return self.filter(person__is_active=True)

    def visible_to(self, person: Person) -> Self:
        """Members of what one may read."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(readable(person, "audience__"))


class Membership(models.Model):
    """One person's belonging. `origin` says how it came: what a rule gave, the rule may end."""

    class Role(models.TextChoices):
        """What somebody does here."""

        MEMBER = "member", _("Member")
        FACILITATOR = "facilitator", _("Facilitator")
        STEWARD = "steward", _("Steward")

    class Origin(models.TextChoices):
        """How they came to be here."""

        HAND = "hand", _("Added by a steward")
        SELF = "self", _("Joined")
        REQUEST = "request", _("Asked and was let in")
        LINK = "link", _("Came by a link")
        FILE = "file", _("Added from a file")
        RULE = "rule", _("By a rule")
        LINE = "line", _("By the reporting line")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    audience = models.ForeignKey(
        Audience, models.CASCADE, related_name="memberships", verbose_name=_("the group")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(
        _("what you do there"), max_length=11, choices=Role.choices, default=Role.MEMBER
    )
    origin = models.CharField(
        _("how you came there"), max_length=7, choices=Origin.choices, default=Origin.SELF
    )
    since = models.DateTimeField(_("since when"), default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    privacy = Policy(
        title=_("Groups you belong to"),
        purpose=_("So that a group knows its people, and you can read and write there."),
        seen_by=_("Whoever may read the group"),
        retention=_("Until you leave the group."),
        export=("audience__name", "role", "origin", "since"),
        circle="everyone",
        link="groups",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audience", "person"], name="member_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["member", "facilitator", "steward"]),
                name="member_role_known",
            ),
        ]
        indexes = [models.Index(fields=["person", "audience"])]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def looks_after(self) -> bool:
        """True for a steward or a facilitator."""
        return self.role != self.Role.MEMBER
