"""What moderation tells: those who decide that something waits, and authors what was decided."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from sapwood.conversations.models import Case, Thread
from sapwood.notify.telling import tell
from sapwood.people.models import Person, Role
from sapwood.writing.words import first_line


class Cases:
    """Cases, as those who may decide them, and the authors of the words, see them."""

    word = gettext_lazy("this report")

    def seen_by(self, pk: UUID, people: Iterable[UUID]) -> set[UUID]:
        """Asked one by one: they are few."""
        listed = Person.objects.active().filter(pk__in=list(people))
        return {person.pk for person in listed if self.seen(person, [pk]).exists()}

    def seen(self, person: Person, pks: Iterable[UUID]) -> QuerySet[Case]:
        """Those one decides, and those about one's own words that were decided."""
        decides = Q(pk__in=Case.objects.visible_to(person).order_by().values("pk"))
        told = Q(pk__in=Case.objects.told_to(person).order_by().values("pk"))
        return Case.objects.filter(decides | told, pk__in=list(pks))

    def muted_by(self, pk: UUID, people: Iterable[UUID], actor: Person | None) -> set[UUID]:
        """There is nothing to mute."""
        return set()

    def mute(self, person: Person, pk: UUID, *, on: bool) -> bool:
        """There is nothing to mute."""
        return False


def tell_who_decides(pk: UUID, now: datetime) -> None:
    """Those who may decide hear that something waits; without the words and without names."""
    case = Case.objects.waiting().filter(pk=pk).select_related("message__thread__audience").first()
    if case is None:
        return
    audience = case.message.thread.audience
    keepers = audience.memberships.active().looking_after().values("person")
    learning = Person.objects.active().filter(role_grants__role=Role.STEWARD)
    may = Person.objects.active().filter(pk__in=keepers) | learning
    people = [p.pk for p in may.distinct() if Case.objects.visible_to(p).filter(pk=pk).exists()]
    tell(
        people, kind="review", about=("case", pk), key=f"case:{pk}:{case.state}",
        title=audience.name, url=reverse("review"), now=now,
    )  # fmt: skip


def tell_author(pk: UUID, now: datetime) -> None:
    """Who wrote the words reads what was decided, and why; words that were left tell nothing,
    unless they had waited."""
    case = Case.objects.filter(pk=pk).select_related("message__thread").first()
    if case is None or case.message.author_id is None or case.decided_at is None:
        return
    was_hidden = case.state == Case.State.HIDDEN
    if not (was_hidden or case.by_words or case.appeal):
        return
    thread: Thread = case.message.thread
    tell(
        [case.message.author_id], kind="decided" if was_hidden else "shown",
        about=("case", pk), key=f"decided:{pk}:{case.decided_at.isoformat()}",
        title=thread.title or first_line(case.message.text, 80), quote=case.reason,
        url=thread.get_absolute_url(), now=now,
    )  # fmt: skip
