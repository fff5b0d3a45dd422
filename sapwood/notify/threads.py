"""Threads and groups as notices are about them: who may read them, and who muted them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from sapwood.conversations import watching
from sapwood.conversations.models import Audience, Thanks, Thread, Watch
from sapwood.people.blocking import blocked_pairs
from sapwood.people.models import Person


class Threads:
    """Posts and questions."""

    word = gettext_lazy("this thread")

    def seen_by(self, pk: UUID, people: Iterable[UUID]) -> set[UUID]:
        """Readers of its audience; a hidden thread has its author and the stewards."""
        found = Thread.objects.select_related("audience__unit", "author").filter(pk=pk)
        thread = found.filter(merged_into=None).first()
        if thread is None:
            return set()
        readers = thread.audience.readers().filter(pk__in=list(people))
        if thread.hidden_at:
            stewards = thread.audience.memberships.looking_after()
            readers = readers.filter(Q(pk=thread.author_id) | Q(pk__in=stewards.values("person")))
        apart = blocked_pairs(thread.author) if thread.author else frozenset()
        return set(readers.values_list("pk", flat=True)) - apart

    def seen(self, person: Person, pks: Iterable[UUID]) -> QuerySet[Thread]:
        """Those this person may read."""
        return Thread.objects.visible_to(person).filter(pk__in=list(pks))

    def muted_by(self, pk: UUID, people: Iterable[UUID], actor: Person | None) -> set[UUID]:
        """Who muted the thread, its group, or the one who acted."""
        return self._muted(Q(thread=pk) | Q(audience__threads=pk), people, actor)

    def muted_though_named(
        self, pk: UUID, people: Iterable[UUID], actor: Person | None
    ) -> set[UUID]:
        """Who muted the thread or the one who acted: a muted group still lets one be named."""
        return self._muted(Q(thread=pk), people, actor)

    def _muted(self, muted: Q, people: Iterable[UUID], actor: Person | None) -> set[UUID]:
        if actor:
            muted |= Q(other=actor)
        watches = Watch.objects.muted().filter(muted, person__in=list(people))
        return set(watches.values_list("person", flat=True))

    def mute(self, person: Person, pk: UUID, *, on: bool) -> bool:
        """The same mute that the page of the thread shows."""
        return _mute(person, Thread.objects.filter(pk=pk).first(), on=on)


class Groups:
    """Audiences: what holds threads."""

    word = gettext_lazy("this group")

    def seen_by(self, pk: UUID, people: Iterable[UUID]) -> set[UUID]:
        """Its readers."""
        audience = Audience.objects.select_related("unit").filter(pk=pk).first()
        if audience is None:
            return set()
        readers = audience.readers().filter(pk__in=list(people))
        return set(readers.values_list("pk", flat=True))

    def seen(self, person: Person, pks: Iterable[UUID]) -> QuerySet[Audience]:
        """Those this person may read."""
        return Audience.objects.readable_by(person).filter(pk__in=list(pks))

    def muted_by(self, pk: UUID, people: Iterable[UUID], actor: Person | None) -> set[UUID]:
        """Who muted the group."""
        watches = Watch.objects.muted().filter(audience=pk, person__in=list(people))
        return set(watches.values_list("person", flat=True))

    def mute(self, person: Person, pk: UUID, *, on: bool) -> bool:
        """The same mute that the page of the group shows."""
        return _mute(person, Audience.objects.filter(pk=pk).first(), on=on)


class PrivateThanks:
    """A thank-you, seen by the one who got it."""

    word = gettext_lazy("these thanks")

    def seen_by(self, pk: UUID, people: Iterable[UUID]) -> set[UUID]:
        """Who was thanked."""
        thanks = Thanks.objects.filter(pk=pk, receiver__in=list(people))
        return set(thanks.values_list("receiver", flat=True))

    def seen(self, person: Person, pks: Iterable[UUID]) -> QuerySet[Thanks]:
        """Those this person got."""
        return Thanks.objects.filter(receiver=person, pk__in=list(pks))

    def muted_by(self, pk: UUID, people: Iterable[UUID], actor: Person | None) -> set[UUID]:
        """Who muted the one who thanks."""
        if actor is None:
            return set()
        muted = Watch.objects.muted().filter(other=actor, person__in=list(people))
        return set(muted.values_list("person", flat=True))

    def mute(self, person: Person, pk: UUID, *, on: bool) -> bool:
        """There is nothing to mute."""
        return False


def _mute(person: Person, what: Thread | Audience | None, *, on: bool) -> bool:
    if what:
        (watching.mute if on else watching.forget)(person, what)
    return True
