"""Space: a group of people with a purpose, and one audience that says who reads and writes."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sapwood.conversations.models import Audience, Membership, Reach, Thread, Writing
from sapwood.conversations.models.apart import not_apart
from sapwood.conversations.models.audience import readable
from sapwood.conversations.stream import has_draft
from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.people.folding import fold
from sapwood.people.models import Person, Role

CIRCLE_MOST = 12


class Kind(models.TextChoices):
    """What sort of group it is."""

    COMMUNITY = "community", _("Community")
    TEAM = "team", _("Team")
    CIRCLE = "circle", _("Circle")
    COHORT = "cohort", _("Cohort")


class Openness(models.TextChoices):
    """Who reads it, and how one comes in."""

    OPEN = "open", pgettext_lazy("a group", "Open")
    REQUEST = "request", pgettext_lazy("a group", "By request")
    CLOSED = "closed", pgettext_lazy("a group", "Closed")
    HIDDEN = "hidden", pgettext_lazy("a group", "Hidden")


class Stage(models.TextChoices):
    """Where its steward sees it; a hint for them alone, never a label (Wenger's five stages)."""

    POTENTIAL = "potential", _("Finding each other")
    COALESCING = "coalescing", _("Coming together")
    MATURING = "maturing", _("Growing")
    STEWARDSHIP = "stewardship", _("Standing by itself")
    TRANSFORMATION = "transformation", _("Changing or ending")


ASKED = {"pk": "pk", "title": "title", "language": "language", "at": "opened_at",
         "by": "author__name"}  # fmt: skip


class SpaceQuerySet(models.QuerySet["Space"]):
    """Questions about groups."""

    def visible_to(self, person: Person) -> Self:
        """Groups whose existence one may know: not hidden, or one belongs.

        What is put away is seen by whoever may still read it, so that old links hold.
        """
        if not (person.is_authenticated and person.is_active):
            return self.none()
        mine = models.Q(audience__in=_of(person))
        told = ~models.Q(openness=Openness.HIDDEN) & models.Q(archived_at=None)
        return self.filter(mine | told | models.Q(openness=Openness.OPEN))

    def readable_by(self, person: Person) -> Self:
        """Groups whose inside one may read. No role adds any."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        return self.filter(readable(person, "audience__"))

    def open_to(self, person: UUID) -> Self:
        """The same by the person's key, for prepared questions; `Space.save` keeps it the same."""
        mine = Membership.objects.filter(person=person).values("audience")
        return self.filter(models.Q(openness=Openness.OPEN) | models.Q(audience__in=mine))

    def looked_after_by(self, person: Person) -> Self:
        """Groups one is a steward of."""
        mine = Membership.objects.filter(person=person, role=Membership.Role.STEWARD)
        return self.filter(audience__in=mine.values("audience"))

    def joined_by(self, person: Person) -> Self:
        """Groups one belongs to."""
        return self.filter(audience__in=_of(person))

    def of_kind(self, *kinds: str) -> Self:
        """Of any of these kinds."""
        return self.filter(kind__in=kinds)

    def standing(self) -> Self:
        """Not put away."""
        return self.filter(archived_at=None)

    def matching(self, words: str) -> Self:
        """Every word is in the name or the purpose; accents do not matter."""
        found = self
        for term in fold(words).split():
            found = found.filter(folded__contains=term)
        return found

    def with_counts(self) -> Self:
        """Each with `people`: how many belong who can sign in."""
        members = Membership.objects.filter(audience=models.OuterRef("audience")).active()
        counted = members.order_by().values("audience").annotate(n=models.Count("pk")).values("n")
        return self.annotate(
            people=models.functions.Coalesce(models.Subquery(counted), 0)
        ).select_related("audience")

    def for_page(self, person: Person) -> Self:
        """With what the page needs beside its stream: `people`, `sites`, `unanswered`, `my_role`,
        `my_origin`, `my_since`, `greeted_at`, `has_draft`, and `asked`: {pk, title, language, at,
        by} of the question that waits longest for others, or None (page.py: Waiting); in one
        query."""
        members = Membership.objects.filter(audience=models.OuterRef("audience")).order_by()
        sites = members.active().exclude(person__site="").values("audience")
        open_ones = Thread.objects.unanswered().filter(
            not_apart(person), audience=models.OuterRef("audience"), hidden_at=None
        )
        waiting = open_ones.order_by().values("audience")
        asked = Thread.objects.visible_to(person).unanswered().exclude(author=person.pk)
        asked = asked.filter(audience=models.OuterRef("audience")).order_by("opened_at", "pk")
        mine = members.filter(person=person.pk)
        greeted = Space.objects.filter(pk=models.OuterRef("pk"), greetings__person=person.pk)
        zero = models.functions.Coalesce
        return self.with_counts().annotate(
            sites=zero(
                models.Subquery(
                    sites.annotate(n=models.Count("person__site", distinct=True)).values("n")
                ),
                0,
            ),
            unanswered=zero(models.Subquery(waiting.annotate(n=models.Count("pk")).values("n")), 0),
            has_draft=has_draft(person),
            my_role=models.Subquery(mine.values("role")[:1]),
            my_origin=models.Subquery(mine.values("origin")[:1]),
            my_since=models.Subquery(mine.values("since")[:1]),
            greeted_at=models.Subquery(greeted.values("greetings__at")[:1]),
            # One subquery for all of it: building each costs more than the database needs.
            asked=models.Subquery(asked.values(told=JSONObject(**ASKED))[:1]),
        )


def _told_to_audience(fields: Iterable[str]) -> list[str]:
    """What of the audience follows from these fields."""
    follows = {"name": "name", "openness": "reach", "archived_at": "writing"}
    return [follows[field] for field in fields if field in follows]


def _of(person: Person) -> Any:
    return Membership.objects.filter(person=person.pk).values("audience")


class Space(models.Model):
    """A community, a team, a circle or a cohort. `save` keeps its audience in step.

    `manager` is whom a team follows: its members are this person and their direct reports.
    `ends_on` is the last day of a circle or a cohort; what is over is put away by a job.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    audience = models.OneToOneField(
        Audience,
        models.CASCADE,
        related_name="space",
        editable=False,
        verbose_name=_("who may read it"),
    )
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.COMMUNITY)
    openness = models.CharField(max_length=7, choices=Openness.choices, default=Openness.OPEN)
    name = models.CharField(_("name"), max_length=120)
    purpose = models.CharField(_("what it is for"), max_length=200, blank=True)
    welcome = models.TextField(_("welcome"), max_length=2000, blank=True)
    manners = models.TextField(_("how we behave"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    stage = models.CharField(max_length=14, choices=Stage.choices, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    manager = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="team_spaces"
    )
    founded_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    founded_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    folded = models.CharField(max_length=400, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    objects = SpaceQuerySet.as_manager()

    privacy = Policy(
        title=_("Groups you founded"),
        purpose=_("So that it is clear who began a group."),
        seen_by=_("Whoever may see the group"),
        retention=_("As long as the group; your name goes with your account."),
        person="founded_by",
        export=("name", "kind", "purpose", "founded_at"),
        erase="anonymise",
        circle="everyone",
        link="groups",
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="space_kind"),
            models.CheckConstraint(
                condition=models.Q(openness__in=Openness.values), name="space_openness"
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=["", *Stage.values]), name="space_stage"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="circle", openness="open"), name="circle_not_open"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="team") | models.Q(manager=None),
                name="only_teams_follow_a_manager",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["circle", "cohort"]) | models.Q(ends_on=None),
                name="only_circles_and_cohorts_end",
            ),
            models.UniqueConstraint(fields=["manager"], name="one_team_for_a_manager"),
        ]
        indexes = [models.Index(fields=["archived_at", "openness"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the audience, and the text that searches compare, in step.

        Whoever changes a part names its fields: what others changed meanwhile stays theirs.
        """
        self.folded = fold(f"{self.name} · {self.purpose}")[:400]
        fields = kwargs.get("update_fields")
        if fields is not None and {"name", "purpose"} & {*fields}:
            kwargs["update_fields"] = {*fields, "folded"}
        if self.audience_id is None:
            self.audience = Audience()
        audience = self.audience
        audience.name, audience.home = self.name, self.get_absolute_url()
        is_open = self.openness == Openness.OPEN
        audience.reach = Reach.EVERYONE if is_open else Reach.MEMBERS
        audience.writing = Writing.NOBODY if self.archived_at else Writing.MEMBERS
        audience.save(update_fields=None if fields is None else _told_to_audience(fields))
        self.audience = audience
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of the group."""
        return reverse("group", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Takes what was said in it along."""
        return self.audience.delete()

    @classmethod
    def forget_mentions(cls, person: Person) -> None:
        """A team is called after its manager, and is put away once that person is erased."""
        for team in cls.objects.filter(manager=person):
            team.name, team.manager = gettext("A team from before"), None
            team.archived_at = team.archived_at or timezone.now()
            team.save(update_fields=["name", "manager", "archived_at"])

    @property
    def is_archived(self) -> bool:
        """True once it was put away: readable, and nobody writes."""
        return self.archived_at is not None

    @property
    def most(self) -> int | None:
        """How many people fit; None where there is no such number."""
        return CIRCLE_MOST if self.kind == Kind.CIRCLE else None

    def is_over(self, today: date) -> bool:
        """True from the day after the last one."""
        return self.ends_on is not None and self.ends_on < today

    def membership_of(self, person: Person) -> Membership | None:
        """This person's place in it."""
        return self.audience.membership_of(person)

    def stewards(self) -> models.QuerySet[Membership]:
        """Stewards who can still sign in."""
        return self.audience.memberships.filter(role=Membership.Role.STEWARD).active()

    def can_edit(self, person: Person) -> bool:
        """Its stewards. No role of the organisation is enough."""
        return bool(person.is_active and self.stewards().filter(person=person).exists())

    def can_read(self, person: Person) -> bool:
        """True if what is inside may be read."""
        return Audience.objects.readable_by(person).filter(pk=self.audience_id).exists()

    def may_set_rules(self, person: Person) -> bool:
        """A community's stewards; where nobody else sees it, they are of learning too."""
        is_seen = self.openness != Openness.HIDDEN or person.has_role(Role.STEWARD)
        return self.kind == Kind.COMMUNITY and is_seen

    def keeps_out(self, person: Person) -> bool:
        """True if a steward took them out of what not everyone may join: no link lets them in."""
        taken_out = self.leavings.filter(person=person, was_removed=True)
        return self.openness != Openness.OPEN and taken_out.exists()

    def can_name_steward(self, person: Person) -> bool:
        """Learning and development, where a group has lost its last steward."""
        return person.has_role(Role.STEWARD) and not self.stewards().exists()
