"""Questions that wait: people who said one may ask them about it hear of it, a few and once."""

from datetime import datetime, timedelta

from sapwood.conversations.models import Message, Thread
from sapwood.notify.models import Telling
from sapwood.notify.telling import tell
from sapwood.people.skills import people_to_ask

PATIENCE = timedelta(hours=4)  # the group itself comes first
STALE = timedelta(days=14)
MOST = 5  # people a question


def ask_who_might_know(now: datetime) -> int:
    """Tells of each question that has waited for some hours; says how many were told.

    At most five people a question, and nobody of two questions in one day.
    """
    waiting = Thread.objects.unanswered().filter(
        hidden_at=None, opened_at__lt=now - PATIENCE, opened_at__gt=now - STALE
    )
    told = 0
    for thread in waiting.select_related("audience__unit", "author").order_by("opened_at"):
        if not Telling.objects.filter(key=f"asked:{thread.pk}").exists():
            told += _tell(thread, now)
    return told


def _tell(thread: Thread, now: datetime) -> int:
    opening = Message.objects.filter(thread=thread, is_opening=True).first()
    words = f"{thread.title} {opening.text if opening else ''}"
    readers = thread.audience.readers().values("pk")
    people = people_to_ask(words).filter(pk__in=readers)
    today = Telling.objects.filter(key__startswith="asked:", at__gt=now - timedelta(days=1))
    people = people.exclude(pk__in=today.values("person"))
    if thread.author:
        people = people.exclude(pk=thread.author.pk).apart_from(thread.author)
    return tell(
        [person.pk for person in people[:MOST]], kind="might_know", about=("thread", thread.pk),
        key=f"asked:{thread.pk}", actor=thread.author, title=thread.title,
        url=thread.get_absolute_url(), place=f"audience:{thread.audience_id}", now=now,
    )  # fmt: skip
