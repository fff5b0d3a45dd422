"""The notices of groups: somebody asks to join, an answer, being added."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.conversations import watching
from sapwood.conversations.models import Watch
from sapwood.notify.abouts import about
from sapwood.notify.kinds import NoticeKind, notice_kind
from sapwood.notify.models.notice import Notice
from sapwood.notify.naming import who
from sapwood.people.models import Person
from sapwood.spaces.models import JoinRequest, Openness, Space

FEWER = gettext_lazy("No more like this")
BY_RULE = gettext_lazy("You get this because you fit a rule of the group.")


class Doors:
    """Groups as something to hear about: whoever may know of one."""

    word: Any = gettext_lazy("this group")

    def seen_by(self, pk: UUID, people: Iterable[UUID]) -> set[UUID]:
        """Everybody who works here, or members alone where the group is hidden or put away."""
        space = Space.objects.select_related("audience").filter(pk=pk).first()
        if space is None:
            return set()
        told = Person.objects.active().filter(pk__in=list(people))
        if space.openness == Openness.HIDDEN or (
            space.is_archived and space.openness != Openness.OPEN
        ):
            told = told.filter(pk__in=space.audience.memberships.values("person"))
        return set(told.values_list("pk", flat=True))

    def seen(self, person: Person, pks: Iterable[UUID]) -> QuerySet[Space]:
        """Those that `person` may know of."""
        return Space.objects.visible_to(person).filter(pk__in=list(pks))

    def muted_by(self, pk: UUID, people: Iterable[UUID], actor: Person | None) -> set[UUID]:
        """Those who muted the group."""
        muted = Watch.objects.muted().filter(audience__space=pk, person__in=list(people))
        return set(muted.values_list("person", flat=True))

    def mute(self, person: Person, pk: UUID, *, on: bool) -> bool:
        """Mutes the group where conversations keep it."""
        space = Space.objects.visible_to(person).select_related("audience").filter(pk=pk).first()
        if space is None:
            return False
        (watching.mute if on else watching.forget)(person, space.audience)
        return True


class Requests(Doors):
    """The requests of a group, as its stewards see them while any waits."""

    def seen_by(self, pk: UUID, people: Iterable[UUID]) -> set[UUID]:
        """Its stewards."""
        space = Space.objects.select_related("audience").filter(pk=pk).first()
        if space is None or not space.requests.waiting().exists():
            return set()
        stewards = space.stewards().filter(person__in=list(people))
        return set(stewards.values_list("person", flat=True))

    def seen(self, person: Person, pks: Iterable[UUID]) -> QuerySet[Space]:
        """Groups this person looks after where somebody waits whom no block keeps apart."""
        waiting = JoinRequest.objects.told_to(person).values("space")
        return Space.objects.looked_after_by(person).filter(Q(pk__in=waiting), pk__in=list(pks))


about("group", Doors())
about("requests", Requests())


def _asked(notice: Notice) -> str:
    words = {"who": who(notice, 2), "group": notice.title}
    return _("%(who)s would like to join %(group)s") % words


def _let_in(notice: Notice) -> str:
    return _("You belong to %(group)s now") % {"group": notice.title}


def _declined(notice: Notice) -> str:
    return _("%(group)s: not this time. You may ask again") % {"group": notice.title}


def _added(notice: Notice) -> str:
    words = {"who": who(notice), "group": notice.title}
    if notice.reason == "rule":
        return _("A rule brought you into %(group)s. You can leave in one tap") % words
    return _("%(who)s added you to %(group)s. You can leave in one tap") % words


for slug, name, headline, why in (
    ("group_asked", gettext_lazy("Somebody asks to join a group you look after"), _asked,
     gettext_lazy("You get this because you look after the group.")),
    ("group_let_in", gettext_lazy("A group lets you in"), _let_in,
     gettext_lazy("You get this because you asked to join.")),
    ("group_declined", gettext_lazy("A group does not let you in"), _declined,
     gettext_lazy("You get this because you asked to join.")),
    ("group_added", gettext_lazy("Somebody adds you to a group"), _added,
     gettext_lazy("You get this because you were added to the group.")),
):  # fmt: skip
    whys = {"": why} | ({"rule": BY_RULE} if slug == "group_added" else {})
    notice_kind(NoticeKind(slug, "you", name, headline, whys, FEWER, stops_kind=True))
