"""Putting a question that was asked before with the one that has the answers."""

from django.db import transaction
from django.utils.translation import gettext as _

from sapwood.conversations.models import Message, Thread, Watch
from sapwood.conversations.refusing import Refused
from sapwood.core.announcing import announce
from sapwood.people.models import Person


def merge(thread: Thread, into: Thread, *, by: Person) -> None:
    """Moves what was said under `thread` to `into`; both authors keep their words and their name.

    Who asked second follows the first question from now on. Raises Refused.
    """
    if thread.pk == into.pk or not (thread.is_question and into.is_question):
        raise Refused(_("Pick another question to put it with."))
    if thread.audience_id != into.audience_id:
        raise Refused(_("Both questions have to stand in the same group."))
    with transaction.atomic():
        pair = sorted((thread.pk, into.pk))
        locked = {
            row.pk: row
            for row in Thread.objects.select_for_update(of=("self",))
            .filter(pk__in=pair)
            .order_by("pk")
        }
        thread, into = locked[thread.pk], locked[into.pk]
        if thread.merged_into_id or into.merged_into_id:
            raise Refused(_("One of the two was put with another question already."))
        for opening in thread.messages.filter(is_opening=True, removed_at=None):
            # The second asking stands among the answers, whole and under its author's name.
            opening.text = f"{thread.title}\n\n{opening.text}".strip()
            opening.is_opening, opening.thread = False, into
            opening.save(update_fields=["text", "is_opening", "thread"])
        Message.objects.filter(thread=thread, is_opening=False).update(thread=into)
        Thread.objects.filter(merged_into=thread).update(merged_into=into)
        thread.merged_into = into
        thread.answers = 0
        thread.save(update_fields=["merged_into", "answers"])
        if thread.author_id:
            Watch.objects.get_or_create(person_id=thread.author_id, thread=into)
        into.touch(thread.last_at)
        announce("thread_changed", into.pk)
        announce("thread_changed", thread.pk)
