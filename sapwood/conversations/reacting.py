"""Reactions, accepted answers, and whether they still hold."""

from datetime import datetime, timedelta

from django.db import transaction

from sapwood.conversations.models import Message, Reaction, Sense, Thread
from sapwood.core.announcing import announce
from sapwood.people.blocking import blocked_pairs
from sapwood.people.models import Person

TRUE_FOR = timedelta(days=365)


def react(message: Message, person: Person, sense: str, *, now: datetime) -> bool:
    """Gives the reaction, or takes it back; True if it stands afterwards."""
    with transaction.atomic():
        made, is_new = Reaction.objects.get_or_create(
            message=message, person=person, sense=Sense(sense), defaults={"at": now}
        )
        if not is_new:
            made.delete()
        announce("reaction_changed", message.pk)
    return is_new


def givers(message: Message, author: Person) -> list[Reaction]:
    """Who reacted, for who wrote it: by name, in the order of the alphabet; never somebody kept
    apart."""
    rows = message.reactions.filter(person__is_active=True).select_related("person")
    return list(rows.exclude(person__in=blocked_pairs(author)).order_by("person__name"))


def accept(message: Message, *, now: datetime) -> None:
    """Says that an answer worked; several may. It is asked about again in a year."""
    with transaction.atomic():
        thread = Thread.objects.select_for_update(of=("self",)).get(pk=message.thread_id)
        message.refresh_from_db()
        if message.is_removed:  # its author was faster
            return
        message.accepted_at = message.accepted_at or now
        message.true_on = now.date()
        message.review_on = (now + TRUE_FOR).date()
        message.save(update_fields=["accepted_at", "true_on", "review_on"])
        thread.touch(thread.last_at)
        announce("answer_accepted", message.pk)


def unaccept(message: Message) -> None:
    """Takes that back."""
    with transaction.atomic():
        thread = Thread.objects.select_for_update(of=("self",)).get(pk=message.thread_id)
        message.accepted_at = message.true_on = message.review_on = None
        message.save(update_fields=["accepted_at", "true_on", "review_on"])
        thread.touch(thread.last_at)
        announce("thread_changed", thread.pk)


def still_true(message: Message, *, now: datetime) -> None:
    """Its author looked at it again: it holds for another year."""
    message.true_on, message.review_on = now.date(), (now + TRUE_FOR).date()
    message.save(update_fields=["true_on", "review_on"])
    announce("thread_changed", message.thread_id)


def has_changed(message: Message, *, now: datetime) -> None:
    """It no longer holds: the question is open again, and the answer stays as a good try."""
    unaccept(message)
