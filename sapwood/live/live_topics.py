"""The topics of what stands below live: oneself, a thread, and all that hangs on one audience."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sapwood.conversations.models import Audience, Thread
from sapwood.live.topics import topic
from sapwood.people.models import Person


@topic("person")
def oneself(person: Person, pks: Collection[UUID]) -> Iterable[UUID]:
    """What is for one person alone is heard by that person alone."""
    return [person.pk]


@topic("thread")
def thread(person: Person, pks: Collection[UUID]) -> Iterable[UUID]:
    """Whoever may read a thread hears that somebody answered in it."""
    return Thread.objects.visible_to(person).filter(pk__in=pks).values_list("pk", flat=True)


@topic("audience")
def audience(person: Person, pks: Collection[UUID]) -> Iterable[UUID]:
    """Whoever may read a stream hears that there is something new in it."""
    return Audience.objects.readable_by(person).filter(pk__in=pks).values_list("pk", flat=True)
