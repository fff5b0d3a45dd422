"""Words that stand: changing them, with what they were before kept, and taking them away."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext as _

from sapwood.conversations.gate import check_pace, check_place, check_words, is_new
from sapwood.conversations.mentioning import find_named, keep_mentions
from sapwood.conversations.models import Message, Revision, Thread
from sapwood.conversations.moderating.deciding import hold
from sapwood.conversations.moderating.words import holds_hidden_word
from sapwood.conversations.refusing import Refused
from sapwood.conversations.words import clean
from sapwood.core.announcing import announce
from sapwood.core.seen import tidy
from sapwood.media.models import LinkCard, Upload
from sapwood.writing.words import links_in


def edit(
    message: Message,
    *,
    text: str,
    now: datetime,
    title: str = "",
    picked: Iterable[UUID] = (),
    uploads: Iterable[Upload] | None = None,
) -> Message:
    """Other words for a message; the earlier ones stay readable. Raises Refused.

    Without `uploads` its files stay. An edit never calls a group anew.
    """
    text, title = clean(text), tidy(title)[:200]
    with transaction.atomic():
        message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        if message.is_removed:
            raise Refused(_("This message was removed, so it can no longer be changed."))
        thread = message.thread
        if thread.is_closed:
            raise Refused(_("This thread was closed while you wrote. Your words are still here."))
        if message.author:
            check_place(message.author, thread.audience)
        if uploads is not None:
            message.carry(uploads)
        check_words(text, has_files=thread.is_question or message.attachments.exists())
        title = title if message.is_opening and thread.is_question and title else thread.title
        if text != message.text or title != thread.title:
            if message.author:
                check_pace(message.author, now)
            _reword(message, text, title, picked, now)
        if holds_hidden_word(f"{title} {text}"):
            hold(message, now=now)
        announce("message_changed", message.pk)
    return message


def _reword(message: Message, text: str, title: str, picked: Iterable[UUID], now: datetime) -> None:
    """Keeps what stood before, with the title if that is what changes."""
    thread, before = message.thread, message.text
    if title != thread.title:
        before = f"{thread.title}\n\n{before}".strip()
        thread.title = title
        Thread.objects.filter(pk=thread.pk).update(title=title)
    Revision.objects.create(message=message, text=before, replaced_at=now)
    message.text, message.edited_at = text, now
    message.save(update_fields=["text", "edited_at"])  # search finds words and title as they are
    if message.author:
        named = find_named(text, thread.audience, author=message.author, picked=picked)
        keep_mentions(message, named)
    LinkCard.wanted(*links_in(text))


def remove(message: Message, *, now: datetime) -> None:
    """Leaves a stub: words, earlier words, files, reactions and names go.

    An opening message that nobody answered takes its thread along.
    """
    with transaction.atomic():
        thread = Thread.objects.select_for_update(of=("self",)).filter(pk=message.thread_id).first()
        if thread is None:  # somebody was faster: it went with its thread
            return
        announce("message_removed", message.pk)
        alone = message.is_opening and not thread.messages.filter(is_opening=False).exists()
        # A new account's stays as a stub: what goes whole would not count among its first posts.
        if alone and not (message.author and is_new(message.author, now)):
            thread.delete()
            return
        for parts in (message.revisions, message.mentions, message.reactions, message.attachments):
            parts.all().delete()
        message.text, message.named = "", {}
        message.removed_at, message.accepted_at = now, None
        message.review_on = message.true_on = None
        if message.is_opening and thread.is_question:
            with override(thread.language):
                thread.title = gettext("A question that was removed")
            thread.save(update_fields=["title"])
            message.thread = thread
        message.save()
        thread.touch(thread.last_at)
