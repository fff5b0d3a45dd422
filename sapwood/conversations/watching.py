"""Following and muting; reading marks; thanks."""

from datetime import datetime
from typing import Any

from django.db import transaction

from sapwood.conversations.models import Audience, Message, ReadMark, Thanks, Thread, Watch
from sapwood.core.announcing import announce
from sapwood.people.models import Person


def follow(person: Person, what: Thread | Audience | Person) -> None:
    """Hears of it from now on."""
    _set(person, what, is_muted=False)


def mute(person: Person, what: Thread | Audience | Person) -> None:
    """Hears nothing of it any more."""
    _set(person, what, is_muted=True)


def forget(person: Person, what: Thread | Audience | Person) -> None:
    """Neither follows nor mutes: what is usual holds again."""
    Watch.objects.of(person).filter(**_key(what)).delete()


def state_of(person: Person, what: Thread | Audience | Person) -> str:
    """ "following", "muted" or "" for what is usual."""
    watch = Watch.objects.of(person).filter(**_key(what)).first()
    if watch is None:
        return ""
    return "muted" if watch.is_muted else "following"


def _set(person: Person, what: Thread | Audience | Person, *, is_muted: bool) -> None:
    Watch.objects.update_or_create(person=person, **_key(what), defaults={"is_muted": is_muted})


def _key(what: Thread | Audience | Person) -> dict[str, Any]:
    if isinstance(what, Thread):
        return {"thread": what}
    return {"audience": what} if isinstance(what, Audience) else {"other": what}


def mark_read(person: Person, thread: Thread, at: datetime) -> None:
    """Remembers that what was said until `at` has been shown; one statement."""
    ReadMark.objects.bulk_create(
        [ReadMark(person=person, thread=thread, at=at)],
        update_conflicts=True,
        unique_fields=["person", "thread"],
        update_fields=["at"],
    )
    announce("thread_read", thread.pk, person.pk)


def thank(person: Person, message: Message, *, text: str, now: datetime) -> Thanks | None:
    """Thanks who wrote it, privately, once a message; None if there is nobody to thank."""
    if message.author is None or message.author_id == person.pk:
        return None
    with transaction.atomic():
        thanks, is_new = Thanks.objects.get_or_create(
            giver=person,
            message=message,
            defaults={"receiver": message.author, "text": text, "at": now},
        )
        if is_new:
            announce("thanked", thanks.pk)
    return thanks
