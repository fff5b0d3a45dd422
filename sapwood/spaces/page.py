"""The frame that every page of a group shares, and the column at its side."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.template import engines
from django.utils.translation import get_language

from sapwood.conversations.models import Audience, Membership
from sapwood.core.markup import drawn
from sapwood.core.pages import csrf_input, forbid_unless
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person
from sapwood.spaces.meeting import Occurrence, next_together
from sapwood.spaces.models import JoinRequest, Openness, Ritual, Space
from sapwood.spaces.tabs import panels_of, tabs_of
from sapwood.spaces.words import how_many, kind_line, names

FACES = 4
MOST_KEEPERS = 60
Role = Membership.Role


def load(request: PersonRequest, pk: UUID) -> Space:
    """The group as its page needs it; 404 if this person may not know of it."""
    found = Space.objects.visible_to(request.user).for_page(request.user)
    return get_object_or_404(found, pk=pk)


def load_for_stewards(request: PersonRequest, pk: UUID) -> Space:
    """The same, for those who look after it; 403 for others."""
    space = load(request, pk)
    forbid_unless(space.my_role == Role.STEWARD)  # type: ignore[attr-defined]
    return space


def load_readable(request: PersonRequest, pk: UUID) -> Space:
    """The same, for whoever may read what is inside; 404 for others."""
    found = Space.objects.readable_by(request.user).for_page(request.user)
    return get_object_or_404(found, pk=pk)


@dataclass(frozen=True)
class Head:
    """What stands at the top: `faces` are stewards first, and `keepers` look after the place;
    `is_kept` also by somebody kept apart from the reader."""

    kind: str
    count: str
    faces: list[Person]
    keepers: list[Person]
    is_kept: bool
    is_member: bool
    looks_after: bool
    is_steward: bool
    can_read: bool
    can_leave: bool
    asked: JoinRequest | None = None
    can_name: bool = False

    @property
    def keeper_names(self) -> str:
        """Their first names in one line."""
        return names(self.keepers)


def frame(request: PersonRequest, space: Any, on: str) -> dict[str, Any]:
    """Head and tabs. `space` comes from `load`."""
    person, is_member = request.user, space.my_role is not None
    can_read = is_member or space.openness == Openness.OPEN
    people = _first_members(space, person)
    waiting = None
    if not is_member and space.openness == Openness.REQUEST:
        waiting = JoinRequest.objects.waiting().filter(space=space, person=person).first()
    head = Head(
        kind=kind_line(space),
        count=how_many(space.people, space.sites),
        faces=[row.person for row in people if not row.is_apart][:FACES] if can_read else [],
        keepers=[row.person for row in people if row.looks_after and not row.is_apart],
        is_kept=any(row.looks_after for row in people),
        is_member=is_member,
        looks_after=space.my_role in (Role.STEWARD, Role.FACILITATOR),
        is_steward=space.my_role == Role.STEWARD,
        can_read=can_read,
        can_leave=is_member and space.my_origin != Membership.Origin.LINE,
        asked=waiting,
        can_name=not any(row.role == Role.STEWARD for row in people)
        and space.can_name_steward(person),
    )
    tabs = tabs_of(space, person) if can_read else []
    return {"space": space, "head": head, "tabs": tabs, "on": on}


def drawn_frame(request: PersonRequest, space: Any, on: str) -> dict[str, Any]:
    """The same, with the head drawn as `top`, for pages of groups that other apps have."""
    context = frame(request, space, on)
    template = engines["jinja2"].env.get_template("spaces/_head.html")  # type: ignore[attr-defined]
    base = {"request": request, "person": request.user, "lang": get_language()}
    base["csrf_input"] = csrf_input(request)
    return context | {"top": drawn(template.render({**base, **context}))}


def _first_members(space: Space, reader: Person) -> list[Any]:
    """Stewards, facilitators, then whoever came first; enough for faces and names. Each knows
    whether it `is_apart` from the reader: shown to them nowhere, and yet they look after it."""
    rows = space.audience.memberships.active()
    others = rows.filter(role=Role.MEMBER).order_by("since", "pk").values("pk")[:FACES]
    wanted = rows.filter(~Q(role=Role.MEMBER) | Q(pk__in=others)).select_related("person")
    wanted = wanted.annotate(is_apart=~Q(person__in=Person.objects.apart_from(reader).values("pk")))
    order = {Role.STEWARD: 0, Role.FACILITATOR: 1, Role.MEMBER: 2}
    found = sorted(wanted[:MOST_KEEPERS], key=lambda row: (order[Role(row.role)], row.since))
    keepers = [row for row in found if row.looks_after][: 2 * FACES]
    return keepers + [row for row in found if not row.looks_after][: max(0, FACES - len(keepers))]


@dataclass(frozen=True)
class Side:
    """The column at the side of the stream."""

    waiting: "Waiting | None"
    together: Occurrence | None
    panels: list[Any]


@dataclass(frozen=True)
class Waiting:
    """The question that has waited longest for somebody other than who asked it."""

    pk: UUID
    title: str
    language: str
    at: datetime
    by: str | None

    @classmethod
    def told(cls, asked: dict[str, str] | None) -> "Waiting | None":
        """From what `for_page` found; the database writes times in UTC, with or without saying."""
        if not asked:
            return None
        at = datetime.fromisoformat(asked["at"])
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return cls(UUID(asked["pk"]), asked["title"], asked["language"], at, asked["by"])


def side(request: PersonRequest, space: Any, now: datetime) -> Side:
    """What is next, and what apps add; the question that waits came with the group."""
    rituals = [] if space.is_archived else Ritual.kept_of(space)
    return Side(Waiting.told(space.asked), next_together(rituals, now), panels_of(request, space))


def may_write(person: Person, space: Any) -> bool:
    """True where the composer is shown."""
    is_member = space.my_role is not None
    return is_member and not space.is_archived


def readers_of(space: Space) -> int:
    """How many may read it now."""
    return Audience.objects.get(pk=space.audience_id).readers().count()
