"""What people are told about doors: who asks, who was let in or not, who was added and by whom."""

from datetime import datetime
from uuid import UUID

from sapwood.conversations.models import Membership
from sapwood.notify.telling import tell
from sapwood.notify.withdrawing import untell
from sapwood.people.models import Person
from sapwood.spaces.models import JoinRequest, Space
from sapwood.spaces.tasks import tell_added

BY_SOMEBODY = (Membership.Origin.HAND, Membership.Origin.FILE)


def tell_asked(asked: JoinRequest) -> None:
    """Tells the stewards, once a request."""
    space = asked.space
    tell(
        space.stewards().values_list("person", flat=True),
        kind="group_asked", about=("requests", space.pk), key=_asking(asked.pk),
        actor=asked.person, title=space.name, quote=asked.words, at=asked.asked_at,
        url=f"{space.get_absolute_url()}settings/requests/", place=_inside(space),
    )  # fmt: skip


def untell_who_asks(pk: UUID) -> None:
    """Takes a settled request out of the stewards' inboxes."""
    untell(_asking(pk))


def _inside(space: Space) -> str:
    """Whoever mutes the group, or leaves it, hears of this no more."""
    return f"audience:{space.audience_id}"


def _asking(pk: UUID) -> str:
    return f"join:{pk}:asked"


def tell_answered(asked: JoinRequest) -> None:
    """Tells who asked, without naming who answered."""
    space, is_in = asked.space, asked.state == JoinRequest.State.LET_IN
    tell(
        [asked.person_id],
        kind="group_let_in" if is_in else "group_declined", about=("group", space.pk),
        key=f"join:{asked.pk}:{asked.state}", title=space.name, url=space.get_absolute_url(),
        place=_inside(space) if is_in else "",
    )  # fmt: skip


def tell_later(space: Space, *, by: Person, now: datetime) -> None:
    """Has those whom `by` added at `now` told by a job."""
    tell_added.enqueue(str(space.pk), str(by.pk), now.isoformat())


def tell_by_rule(space_pk: UUID, at: datetime) -> None:
    """Tells those whom a rule brought in at this moment: once for each group, also if they go and
    come again."""
    space = Space.objects.select_related("audience").filter(pk=space_pk).first()
    if space is None:
        return
    rows = space.audience.memberships.active().filter(since=at, origin=Membership.Origin.RULE)
    tell(
        rows.values_list("person", flat=True),
        kind="group_added", about=("group", space.pk), key=f"ruled:{space.pk}", reason="rule",
        title=space.name, url=space.get_absolute_url(), place=_inside(space), at=at,
    )  # fmt: skip


def tell_who_was_added(space_pk: UUID, by_pk: UUID, at: datetime) -> None:
    """Tells those who came in by somebody's hand at this moment; harmless twice."""
    space = Space.objects.select_related("audience").filter(pk=space_pk).first()
    if space is None:
        return
    rows = space.audience.memberships.active().filter(since=at, origin__in=BY_SOMEBODY)
    tell(
        rows.exclude(person=by_pk).values_list("person", flat=True),
        kind="group_added", about=("group", space.pk), key=f"added:{space.pk}:{at.isoformat()}",
        actor=Person.objects.filter(pk=by_pk).first(), title=space.name, at=at,
        url=space.get_absolute_url(), place=_inside(space),
    )  # fmt: skip
