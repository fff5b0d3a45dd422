"""Posting, asking, answering: the one door through which words come in (see also changing.py)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sapwood.conversations.gate import check_pace, check_place, check_words
from sapwood.conversations.mentioning import Named, find_named, keep_mentions
from sapwood.conversations.models import Audience, Message, Thread, Tone
from sapwood.conversations.moderating.deciding import hold
from sapwood.conversations.moderating.words import holds_hidden_word
from sapwood.conversations.refusing import GroupNotConfirmed, Refused
from sapwood.conversations.words import clean
from sapwood.core.announcing import announce
from sapwood.core.seen import tidy
from sapwood.ledger.recording import record
from sapwood.media.models import LinkCard, Upload
from sapwood.people.models import Person
from sapwood.writing.words import first_line, links_in


def open_thread(
    person: Person,
    audience: Audience,
    *,
    key: UUID,
    text: str,
    now: datetime,
    kind: str = Thread.Kind.POST,
    tone: str = "",
    title: str = "",
    uploads: Iterable[Upload] = (),
    picked: Iterable[UUID] = (),
    confirmed: int | None = None,
    keeps_moment: bool = True,
) -> Thread:
    """Posts, or asks. `key` is the id of the thread, made by the page: sending twice is harmless.

    A post with a tone becomes a moment of its author alone. Raises Refused, and GroupNotConfirmed
    while `confirmed` is not the number of people that a mention of the group reaches.
    """
    text, title, uploads = clean(text), tidy(title), list(uploads)
    if already := Thread.objects.filter(pk=key).first():
        return _own(already, person)
    if kind == Thread.Kind.QUESTION and not title:
        raise Refused(_("Write the question itself in the first line."))
    check_words(text, has_files=bool(uploads) or kind == Thread.Kind.QUESTION)
    named = _checked(person, audience, text, picked, confirmed, now)
    with transaction.atomic():
        check_place(person, audience)
        thread, is_new = Thread.objects.get_or_create(
            pk=key,
            defaults={
                "audience": audience, "author": person, "kind": kind, "tone": tone,
                "title": title[:200], "language": person.language,
                "opened_at": now, "last_at": now,
            },
        )  # fmt: skip
        if not is_new:
            return _own(thread, person)
        message = Message.objects.create(
            thread=thread, author=person, text=text, at=now, is_opening=True,
            calls_group=named.group,
        )  # fmt: skip
        _keep_parts(message, named, uploads)
        if tone in Tone.values and keeps_moment:
            name = first_line(text, 160) or title
            record(person, way="working_out_loud", title=name, source=("thread", thread.pk, name))
        _tell(message, f"{title} {text}", now)
    return thread


def answer(
    person: Person,
    thread: Thread,
    *,
    key: UUID,
    text: str,
    now: datetime,
    uploads: Iterable[Upload] = (),
    picked: Iterable[UUID] = (),
    confirmed: int | None = None,
    via: str = Message.Via.PAGE,
) -> Message:
    """Says something under a thread; `key` is the id of the message. Raises Refused.

    Answering somebody else's question is a moment (`ask_answer`), once a question.
    """
    text, uploads = clean(text), list(uploads)
    if already := Message.objects.filter(pk=key).first():
        return _own(already, person)
    check_words(text, has_files=bool(uploads))
    named = _checked(person, thread.audience, text, picked, confirmed, now)
    with transaction.atomic():
        # The lock keeps the counts right and lets a closing or a merge come first or after.
        thread = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
        thread = thread.merged_into or thread
        check_place(person, thread.audience)
        if thread.is_closed or thread.hidden_at:
            raise Refused(_("This thread was closed while you wrote. Your words are still here."))
        message, is_new = Message.objects.get_or_create(
            pk=key,
            defaults={
                "thread": thread, "author": person, "text": text, "at": now, "via": via,
                "calls_group": named.group,
            },
        )  # fmt: skip
        if not is_new:
            return _own(message, person)
        _keep_parts(message, named, uploads)
        Thread.objects.filter(pk=thread.pk).update(answers=F("answers") + 1, last_at=now)
        if thread.is_question and thread.author_id != person.pk:
            record(
                person,
                way="ask_answer",
                title=_("Answered: %(question)s") % {"question": first_line(thread.title, 120)},
                source=("thread", thread.pk, thread.title),
            )
        _tell(message, text, now)
    return message


def _checked(
    person: Person,
    audience: Audience,
    text: str,
    picked: Iterable[UUID],
    confirmed: int | None,
    now: datetime,
) -> Named:
    check_pace(person, now)
    named = find_named(text, audience, author=person, picked=picked)
    if named.group:
        people = audience.readers().exclude(pk=person.pk).filter(memberships__audience=audience)
        count = people.count()
        if confirmed != count:
            said = ngettext(
                "@%(group)s reaches %(n)s person. Send it to them?",
                "@%(group)s reaches %(n)s people. Send it to all of them?",
                count,
            )
            raise GroupNotConfirmed(said % {"group": audience.name, "n": count}, count)
    return named


def _tell(message: Message, text: str, now: datetime) -> None:
    """Others hear of it; but words on the list wait until somebody has looked."""
    if holds_hidden_word(text):
        hold(message, now=now)
    else:
        announce("message_posted", message.pk)


Row = TypeVar("Row", Thread, Message)


def _own(already: Row, person: Person) -> Row:
    if already.author_id != person.pk:
        raise Refused(_("This could not be sent. Load the page again and send it once more."))
    return already


def _keep_parts(message: Message, named: Named, uploads: list[Upload]) -> None:
    keep_mentions(message, named)
    message.carry(uploads)
    LinkCard.wanted(*links_in(message.text))
