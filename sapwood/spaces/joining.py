"""Coming and going: each door of a group, and the way out."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from sapwood.conversations.models import Membership
from sapwood.conversations.refusing import Refused
from sapwood.conversations.watching import forget
from sapwood.core.announcing import announce
from sapwood.people.models import Person
from sapwood.spaces import tasks
from sapwood.spaces.models import Greeting, JoinLink, JoinRequest, Leaving, Openness, Space

Origin, Role = Membership.Origin, Membership.Role


def join(space: Space, person: Person, *, now: datetime) -> bool:
    """Comes in through an open door; False if already in. Raises Refused."""
    if space.openness != Openness.OPEN and not space.membership_of(person):
        raise Refused(_("This group lets people in by its stewards."))
    return enter(space, person, origin=Origin.SELF, now=now)


def ask(space: Space, person: Person, *, words: str, now: datetime) -> JoinRequest:
    """Asks the stewards, once at a time; `words` are for them alone. Raises Refused."""
    if space.openness != Openness.REQUEST or space.is_archived:
        raise Refused(_("This group takes no requests."))
    if space.membership_of(person):
        raise Refused(_("You belong to it already."))
    mine = JoinRequest.objects.filter(space=space, person=person)
    if not mine.waiting() and mine.is_enough(space, person, now):
        raise Refused(_("You asked three times since yesterday. Ask again tomorrow."))
    made, _is_new = JoinRequest.objects.get_or_create(
        space=space,
        person=person,
        state=JoinRequest.State.ASKED,
        defaults={"words": words, "asked_at": now},
    )
    return made


def take_back(space: Space, person: Person, *, now: datetime) -> None:
    """Asks no more, and the words go; that one asked stays for a while (see `is_enough`)."""
    mine = JoinRequest.objects.waiting().filter(space=space, person=person)
    with transaction.atomic():
        mine.update(words="")
        _settle(mine, JoinRequest.State.TAKEN_BACK, now)


def let_in(request: JoinRequest, *, by: Person, now: datetime) -> bool:
    """Says yes; False if somebody had answered before. Raises Refused when nobody fits any more."""
    with transaction.atomic():
        if not _answer(request, JoinRequest.State.LET_IN, by, now):
            return False
        enter(request.space, request.person, origin=Origin.REQUEST, now=now)
    return True


def decline(request: JoinRequest, *, by: Person, now: datetime) -> bool:
    """Says not this time; they may ask again. False if somebody had answered before."""
    return _answer(request, JoinRequest.State.DECLINED, by, now)


def _answer(request: JoinRequest, state: str, by: Person, now: datetime) -> bool:
    waiting = JoinRequest.objects.filter(pk=request.pk, state=JoinRequest.State.ASKED)
    return _settle(waiting, state, now, by)


def _settle(
    requests: QuerySet[JoinRequest], state: str, now: datetime, by: Person | None = None
) -> bool:
    """Nobody needs to answer these any more: what the stewards were told of them goes."""
    with transaction.atomic():
        pks = list(requests.select_for_update(of=("self",)).values_list("pk", flat=True))
        done = JoinRequest.objects.filter(pk__in=pks)
        done.update(state=state, answered_by=by, answered_at=now)
        for pk in pks:
            tasks.untell_asked.enqueue(str(pk))
    return bool(pks)


def join_by_link(link: JoinLink, person: Person, *, now: datetime) -> bool:
    """Comes in with a link; False if already in, which uses nothing up. Raises Refused."""
    with transaction.atomic():
        link = JoinLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        if not link.is_open(now) or link.space.is_archived:
            raise Refused(_("This link no longer lets anybody in. Ask whoever gave it to you."))
        if link.space.keeps_out(person):
            raise Refused(_("A steward took you out of this group. Ask them to let you back in."))
        is_new = enter(link.space, person, origin=Origin.LINK, now=now)
        if is_new:
            JoinLink.objects.filter(pk=link.pk).update(uses=F("uses") + 1)
    return is_new


def add(
    space: Space, people: Iterable[Person], *, now: datetime, origin: str = Origin.HAND
) -> list[Person]:
    """Brings these in and gives those who were not there before. Raises Refused, adding none."""
    with transaction.atomic():
        return [person for person in people if enter(space, person, origin=origin, now=now)]


def enter(
    space: Space, person: Person, *, origin: str, now: datetime, role: str = Role.MEMBER
) -> bool:
    """Writes the membership; False if there was one. Raises Refused for closed and full groups."""
    with transaction.atomic():
        space = hold(space)
        if space.is_archived:
            raise Refused(_("This group was put away: nobody can join it."))
        members = space.audience.memberships
        if members.filter(person=person).exists():
            return False
        if space.most is not None and members.count() >= space.most:
            words = _("A circle has room for %(most)s people, and this one is full.")
            raise Refused(words % {"most": space.most})
        members.create(person=person, origin=origin, role=role, since=now)
        Leaving.objects.filter(space=space, person=person).delete()
        waiting = JoinRequest.objects.filter(space=space, person=person, state="asked")
        _settle(waiting, JoinRequest.State.LET_IN, now)
        announce("readers_changed", space.audience_id)
    return True


def leave(space: Space, person: Person, *, now: datetime) -> bool:
    """Goes, and nobody is told; False if not in it. Raises Refused for the last steward."""
    with transaction.atomic():
        membership = hold(space).membership_of(person)
        if membership is None:
            return False
        if membership.origin == Origin.LINE:
            raise Refused(_("A team follows the reporting line, so nobody leaves it by hand."))
        if is_last_steward(membership):
            raise Refused(
                _("You are the last steward. Name another one first, or put the group away.")
            )
        _go(space, membership, now)
    return True


def remove(space: Space, membership: Membership, *, now: datetime) -> None:
    """A steward takes somebody out. Raises Refused for the last steward, and in a team's line."""
    with transaction.atomic():
        hold(space)
        membership = Membership.objects.get(pk=membership.pk)
        if membership.origin == Origin.LINE:
            raise Refused(_("The reporting line decides who is in a team."))
        if is_last_steward(membership):
            raise Refused(_("This is the last steward. Name another one first."))
        _go(space, membership, now, was_removed=True)


def _go(space: Space, membership: Membership, now: datetime, *, was_removed: bool = False) -> None:
    told = {"at": now, "was_removed": was_removed}
    Leaving.objects.update_or_create(space=space, person=membership.person, defaults=told)
    Greeting.objects.filter(space=space, person=membership.person).delete()
    forget(membership.person, space.audience)
    membership.delete()
    announce("readers_changed", space.audience_id)


def set_role(space: Space, membership: Membership, role: str) -> None:
    """Makes somebody a member, a facilitator or a steward. Raises Refused for the last steward."""
    with transaction.atomic():
        hold(space)
        membership = Membership.objects.get(pk=membership.pk)
        if role != Role.STEWARD and is_last_steward(membership):
            raise Refused(_("This is the last steward. Name another one first."))
        membership.role = role
        membership.save(update_fields=["role"])


def take_on(space: Space, person: Person) -> bool:
    """A member becomes the steward of a group that has none; False if somebody was faster."""
    with transaction.atomic():
        space = hold(space)
        membership = space.membership_of(person)
        if membership is None or space.stewards().exists():
            return False
        membership.role = Role.STEWARD
        membership.save(update_fields=["role"])
    return True


def is_last_steward(membership: Membership) -> bool:
    """True for the only steward of a group who can still sign in."""
    if membership.role != Role.STEWARD:
        return False
    others = membership.audience.memberships.filter(role=Role.STEWARD).active()
    return not others.exclude(pk=membership.pk).exists()


def hold(space: Space) -> Space:
    """The group as it is now; until this transaction ends nobody else changes who belongs."""
    locked = Space.objects.select_for_update(of=("self",)).select_related("audience")
    return locked.get(pk=space.pk)
