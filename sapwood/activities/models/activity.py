"""Activity: something organised that people can take part in, of any kind."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sapwood.activities.models.taking_part import TakingPart
from sapwood.activities.models.when import When
from sapwood.core.formats import number
from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.ledger.models import Form
from sapwood.ledger.ways import WAYS, Way
from sapwood.media.models import Upload
from sapwood.people.models import Person, Role, Unit
from sapwood.spaces.models import Space

if TYPE_CHECKING:
    from sapwood.activities.registry import Kind, Look


ON_CARDS = (
    "kind", "title", "summary", "facts", "way", "ring", "form", "language", "minutes", "state",
    "starts_at", "ends_at", "time_zone", "capacity", "owner__name", "owner__photo_key",
)  # fmt: skip


class State(models.TextChoices):
    """Where it stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Put away")


class Audience(models.TextChoices):
    """Who may see it once it is published."""

    EVERYONE = "everyone", _("Everyone")
    UNIT = "unit", _("A unit")
    GROUP = "group", _("A group")
    INVITED = "invited", _("People you invite")


def units_above(person: Person) -> list[UUID]:
    """The person's unit and every unit over it."""
    path = person.unit.path if person.unit else "/"
    return [UUID(hex=part) for part in path.strip("/").split("/") if part]


def above_as_slots(person: Person) -> dict[str, UUID]:
    """`units_above` as the named values of a prepared question."""
    return {f"unit{level}": pk for level, pk in enumerate(units_above(person))}


def seen_by(person: UUID, units: list[UUID], *, steward: bool) -> models.Q:
    """The rule of `visible_to` for somebody under these units."""
    from sapwood.activities.models.participation import Participation

    theirs = Participation.objects.filter(person=person).exclude(state="left")
    groups = Space.objects.open_to(person).values("pk")
    in_group = models.Q(audience=Audience.GROUP, space__in=groups)
    opened = models.Q(audience=Audience.EVERYONE) | models.Q(audience=Audience.UNIT, unit__in=units)
    rule = models.Q(owner=person) | models.Q(state=State.PUBLISHED) & (opened | in_group)
    rule |= ~models.Q(state=State.DRAFT) & models.Q(pk__in=theirs.values("activity"))
    if steward:  # what a closed group keeps to itself stays there
        everywhere = models.Q(audience__in=(Audience.EVERYONE, Audience.UNIT))
        rule |= ~models.Q(state=State.DRAFT) & (everywhere | in_group)
    return rule


def part_with_group(collector: Any, field: Any, rows: Any, _using: str) -> None:
    """The group is deleted: what was for its people is for the invited alone, never for more."""
    meant = rows.filter(audience=Audience.GROUP)  # first, or the constraint would not hold
    collector.add_field_update(Activity._meta.get_field("audience"), Audience.INVITED, meant)
    collector.add_field_update(field, None, rows)


def in_calendar_of(person: Person | UUID) -> models.Q:
    """The rule for what stands in somebody's calendar: what they organise, help to run, or hold a
    place in."""
    from sapwood.activities.models.participation import Participation

    theirs = Participation.objects.filter(person=person).in_calendar()
    return models.Q(owner=person) | models.Q(pk__in=theirs.values("activity"))


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Questions about activities."""

    def visible_to(self, person: Person) -> Self:
        """Their own, joined, or published for them; stewards see all but what is for the invited
        alone, or for a group that they may not read."""
        if not person.is_authenticated:
            return self.none()
        units = units_above(person)
        return self.filter(seen_by(person.pk, units, steward=person.has_role(Role.STEWARD)))

    def published(self) -> Self:
        """What can be found now."""
        return self.filter(state=State.PUBLISHED)

    def owned_by(self, person: Person) -> Self:
        """What this person organises."""
        return self.filter(owner=person)

    def of_kind(self, *slugs: str) -> Self:
        """Of any of these kinds."""
        return self.filter(kind__in=slugs)

    def in_ring(self, *rings: int) -> Self:
        """In any of these rings, 0 to 3."""
        return self.filter(ring__in=rings)

    def dated(self, since: datetime) -> Self:
        """With dates of its own and no sessions, and not over before `since`; soonest first."""
        over = models.F("ends_at"), models.F("starts_at")
        dated = self.filter(starts_at__isnull=False, sessions__isnull=True)
        return dated.alias(over=Coalesce(*over)).filter(over__gte=since).order_by("starts_at")

    def for_cards(self, *, search: bool = False) -> Self:
        """Only what a card shows, and who made it: never the details. Search may quote `plain`."""
        return self.select_related("owner").only(*ON_CARDS, *(["plain"] if search else []))


class Activity(TakingPart, When, models.Model):
    """`ring` follows from `way`, and `form` does unless the owner says otherwise.

    `space` is the group in whose library it stands; only with the audience of a group does that say
    who sees it. `facts` is a line without language (a host, a file type) that the kind writes at
    save time; `plain` is the text that search may quote, the `search_` columns its folded tokens.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.SlugField(max_length=32)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("in one or two sentences"), max_length=500, blank=True)
    image = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+")
    facts = models.CharField(max_length=200, blank=True, editable=False)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="activities")
    way = models.CharField(_("way of learning"), max_length=32)
    ring = models.PositiveSmallIntegerField(editable=False)
    form = models.CharField(_("form"), max_length=10, choices=Form.choices, blank=True)
    objectives = models.PositiveSmallIntegerField(default=0)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    audience = models.CharField(
        _("who can see it"), max_length=8, choices=Audience.choices, default=Audience.EVERYONE
    )
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, verbose_name=_("unit"))
    space = models.ForeignKey(
        Space, part_with_group, null=True, blank=True, related_name="activities",
        verbose_name=_("the group"),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Lisbon")
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    minutes = models.PositiveIntegerField(_("minutes it takes"), null=True, blank=True)
    plain = models.TextField(blank=True, editable=False)
    search_title = models.CharField(max_length=1000, blank=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    privacy = Policy(
        title=_("What you offer to others"),
        purpose=_("So that colleagues find it and know whom to ask."),
        seen_by=_("Whoever you publish it for; a draft only you"),
        retention=_("Until you delete it; your name goes with your account."),
        person="owner",
        circle="everyone",
        link="activities",
        export=(
            "id", "kind", "title", "summary", "way", "form", "state", "audience", "space__name",
            "starts_at", "ends_at", "language", "minutes", "plain", "created_at", "published_at",
        ),
        erase="anonymise",
    )  # fmt: skip

    class Meta:
        ordering = ["-published_at", "-created_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ring__lte=3), name="activity_ring_0_to_3"),
            models.CheckConstraint(
                condition=models.Q(objectives__lt=16), name="activity_four_objectives"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="activity_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="activity_audience_known"
            ),
            models.CheckConstraint(
                condition=models.Q(form__in=Form.values), name="activity_form_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(audience=Audience.GROUP) | models.Q(space__isnull=False),
                name="activity_for_a_group_names_it",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("starts_at")),
                name="activity_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity=None) | models.Q(capacity__gt=0),
                name="activity_has_places",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "audience", "-published_at"]),
            models.Index(fields=["starts_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Ring and, where nobody chose it, form follow from the way."""
        self.ring = self.kind_of_way.ring
        self.form = self.form or self.kind_of_way.form
        super().save(*args, **kwargs)

    @property
    def kind_of_way(self) -> Way:
        """The way as data: name, hint, defaults."""
        return WAYS[self.way]

    @property
    def as_kind(self) -> "Kind":
        """What the registry knows about its kind."""
        from sapwood.activities.registry import kind_of

        return kind_of(self.kind)

    @property
    def look(self) -> "Look":
        """How its card looks: shape, words of the tag, icon."""
        return self.as_kind.look(self)

    @property
    def length_words(self) -> str:
        """How long it takes, as people say it: 9 min, 16 h; empty when nobody knows."""
        if not self.minutes:
            return ""
        if self.minutes < 100:
            return gettext("%(n)s min") % {"n": self.minutes}
        return gettext("%(n)s h") % {"n": number(round(self.minutes / 60, 1))}

    @property
    def language_name(self) -> str:
        """The language it is in, by its own name where we have one."""
        return str(dict(settings.LANGUAGES).get(self.language, self.language))

    @property
    def is_published(self) -> bool:
        """True while others can find it."""
        return self.state == State.PUBLISHED

    @property
    def is_draft(self) -> bool:
        """True while only its owner sees it."""
        return self.state == State.DRAFT

    def anonymise(self) -> None:
        """Its owner was erased: a draft goes with them, the rest stays without a name."""
        from sapwood.activities.search import forget

        if self.is_draft:
            forget([self.pk])
            self.delete()
        else:
            self.owner = None
            self.save(update_fields=["owner", "ring", "form"])
            self.refresh()

    def can_edit(self, person: Person) -> bool:
        """Its owner, and stewards once it is no longer a draft."""
        if self.owner_id == person.pk:
            return person.is_active
        return not self.is_draft and person.has_role(Role.STEWARD)

    def is_hosted_by(self, person: Person) -> bool:
        """Its owner: sees who takes part, and may decide on applications."""
        return self.owner_id is not None and self.owner_id == person.pk
