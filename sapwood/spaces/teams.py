"""Team spaces: one for each manager who opens it; who belongs follows the reporting line."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import translation
from django.utils.translation import gettext as _

from sapwood.conversations.models import Membership
from sapwood.core.announcing import announce
from sapwood.people.models import Person, PersonQuerySet
from sapwood.spaces.joining import hold
from sapwood.spaces.models import Kind, Openness, Space

LEAST = 2  # a manager and one other are a conversation, not a team
LINE = Membership.Origin.LINE


def leads_a_team(person: Person) -> bool:
    """True with two direct reports or more."""
    return bool(person.reports.filter(is_active=True)[:LEAST].count() >= LEAST)


def managers_without_one() -> PersonQuerySet:
    """People who lead a team that has no space yet, each with `leads`; from A to Z."""
    led = Count("reports", filter=Q(reports__is_active=True))
    people: PersonQuerySet = Person.objects.active().annotate(leads=led)
    held = Space.objects.standing().filter(manager__isnull=False).values("manager")
    leading = people.filter(leads__gte=LEAST)  # type: ignore[misc]
    return leading.exclude(pk__in=held).order_by("name", "pk")


def open_team(manager: Person, *, by: Person, now: datetime) -> Space:
    """The space of this manager's team, made or brought back; doing it twice gives the same."""
    with translation.override(manager.language):
        name = _("%(name)s and team") % {"name": manager.name}
    try:
        with transaction.atomic():
            space, _is_new = Space.objects.get_or_create(
                manager=manager,
                defaults={
                    "kind": Kind.TEAM, "openness": Openness.CLOSED, "name": name[:120],
                    "language": manager.language, "founded_by": by, "founded_at": now,
                },
            )  # fmt: skip
    except IntegrityError:  # the other tap was faster
        space = Space.objects.get(manager=manager)
    if space.is_archived:
        space.archived_at = None
        space.save(update_fields=["archived_at"])
    follow_line(space, now=now)
    return space


def follow_line(space: Space, *, now: datetime) -> tuple[int, int]:
    """Manager and direct reports in, whoever moved on out; gives (joined, left).

    A team whose manager left or leads nobody any more is put away with its members as they were,
    so that they can still read it. Those a steward added by hand stay.
    """
    with transaction.atomic():
        space = hold(space)
        manager = space.manager
        if manager is None or space.is_archived:
            return 0, 0
        reports = set(Person.objects.reports_of(manager).values_list("pk", flat=True))
        if not manager.is_active or not reports:
            space.archived_at = now
            space.save(update_fields=["archived_at"])
            return 0, 0
        members = space.audience.memberships
        known = set(members.values_list("person", flat=True))
        new = [pk for pk in {manager.pk, *reports} if pk not in known]
        members.bulk_create(
            Membership(audience=space.audience, person_id=pk, origin=LINE, since=now) for pk in new
        )
        members.filter(person=manager).update(role=Membership.Role.STEWARD, origin=LINE)
        gone = members.filter(origin=LINE).exclude(person__in=[manager.pk, *reports])
        left, _rows = gone.delete()
        if new or left:
            announce("readers_changed", space.audience_id)
    return len(new), left


def follow_all(now: datetime) -> None:
    """Every team that stands."""
    for space in Space.objects.standing().filter(manager__isnull=False):
        follow_line(space, now=now)
