"""Who hears of what happens in conversations. Each function may run twice: the keys tell once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from sapwood.conversations.models import Membership, Message, Sense, Thanks, Thread, Watch
from sapwood.notify.crowds import Tale, tell_many
from sapwood.notify.models import Notice, Telling
from sapwood.notify.telling import tell
from sapwood.notify.withdrawing import untell
from sapwood.people.models import Person
from sapwood.writing.words import first_line

GOOD = (Sense.USEFUL, Sense.LEARNED)
SENSES = {
    Sense.USEFUL: "useful",
    Sense.LEARNED: "useful",
    Sense.OUTDATED: "outdated",
    Sense.QUESTION: "unclear",
}


def tell_about_message(pk: UUID, now: datetime) -> None:
    """Who is named, whose thread it is, who wrote in it and who follows; then the crowds.

    The first to tell somebody of a message is the only one: being named comes before the rest.
    """
    message = _message(pk)
    if message is None:
        return
    event = _event(message) | {"now": now}
    thread, wrote = message.thread, message.author_id
    if message.author:
        Notice.objects.visible_to(message.author).about("thread", thread.pk).filter(
            at__lte=message.at
        ).read(now)
    tell(message.mentions.values_list("person", flat=True), kind="mention", **event)
    if message.calls_group:
        tell_many("call", pk)
    if message.is_opening:
        tell_many("followed_person", pk)
        tell_many("followed_group", pk)
        tell_many("new_thread", pk)
        return
    if thread.author_id and thread.author_id != wrote:
        reason = "asked" if thread.is_question else "opened"
        tell([thread.author_id], kind="answer", reason=reason, **event)
    others = thread.messages.standing().exclude(author=None)
    tell(others.values_list("author", flat=True).distinct().order_by(), kind="answer", **event)
    tell_many("followed_thread", pk)


def call(pk: UUID) -> Tale | None:
    """Members of the group that was called."""
    return _members(_message(pk), "call")


def new_thread(pk: UUID) -> Tale | None:
    """Members of the group it was posted to."""
    return _members(_message(pk), "new_thread")


def followed_person(pk: UUID) -> Tale | None:
    """Who follows its author."""
    message = _message(pk)
    return (
        None
        if message is None or message.author_id is None
        else _watching(message, "followed", Q(other=message.author_id), reason="person")
    )


def followed_group(pk: UUID) -> Tale | None:
    """Who follows its group."""
    message = _message(pk)
    return (
        None
        if message is None
        else _watching(message, "followed", Q(audience=message.thread.audience_id))
    )


def followed_thread(pk: UUID) -> Tale | None:
    """Who follows its thread."""
    message = _message(pk)
    return (
        None
        if message is None
        else _watching(message, "answer", Q(thread=message.thread_id), reason="follows")
    )


def tell_about_reactions(pk: UUID, now: datetime) -> None:
    """Who found it useful, together; who thinks it out of date or unclear. Taken back is untold."""
    message = _message(pk)
    if message is None or message.author_id is None:
        return
    given = {
        f"{SENSES[sense]}:{pk}:{row.person_id}": (SENSES[sense], row.person)  # type: ignore[index]
        for row in message.reactions.filter(sense__in=list(SENSES)).select_related("person")
        for sense in [row.sense]
    }
    mine = Telling.objects.filter(person=message.author_id)
    starts = Q()
    for kind in set(SENSES.values()):
        starts |= Q(key__startswith=f"{kind}:{pk}:")
    told = set(mine.filter(starts).values_list("key", flat=True))
    event = _event(message) | {"merges_on": pk, "now": now, "quote": ""}
    for key, (kind, person) in sorted(given.items()):
        if key not in told:
            tell([message.author_id], kind=kind, **event | {"key": key, "actor": person})
    for key in told - set(given):
        untell(key, [message.author_id])


def tell_about_accepted(pk: UUID, now: datetime) -> None:
    """Who answered hears that it worked."""
    message = _message(pk)
    if message and message.is_accepted and message.author_id:
        event = _event(message) | {
            "actor": message.thread.author, "key": f"accepted:{pk}", "merges_on": pk, "now": now,
        }  # fmt: skip
        tell([message.author_id], kind="accepted", **event)


def tell_about_thanks(pk: UUID, now: datetime) -> None:
    """Only the one who was thanked."""
    thanks = Thanks.objects.filter(pk=pk).select_related("giver", "message__thread").first()
    if thanks:
        thread = thanks.message and thanks.message.thread
        tell(
            [thanks.receiver_id], kind="thanks", about=("thanks", pk), key=f"thanks:{pk}",
            actor=thanks.giver, quote=thanks.text, at=thanks.at, now=now,
            url=thread.get_absolute_url() if thread else "",
        )  # fmt: skip


def ask_if_still_true(now: datetime) -> int:
    """Asks authors of accepted answers whose year is over; says how many were asked."""
    due = Message.objects.standing().filter(review_on__lte=now.date(), accepted_at__isnull=False)
    told = 0
    for pk in due.values_list("pk", flat=True):
        message = _message(pk)
        if message and message.author_id:
            key = f"still:{pk}:{message.review_on}"
            event = _event(message) | {"actor": None, "key": key, "merges_on": pk, "now": now}
            told += tell([message.author_id], kind="still_true", **event)
    return told


def say_it_anew(pk: UUID, now: datetime) -> None:
    """The words of a message as they are now, where a notice quotes it; and who is named anew.

    One that no longer stands is untold. The first one of a thread also gives notices their title.
    """
    message = _message(pk)
    opened = Thread.objects.filter(messages__pk=pk, messages__is_opening=True).first()
    if opened:
        title = _title(opened)
        Notice.objects.about("thread", opened.pk).exclude(title=title).update(title=title)
    if message is None:
        untell(f"message:{pk}")
        return
    event = _event(message)
    quoting = Notice.objects.filter(key=event["key"]).exclude(quote=event["quote"])
    quoting.update(quote=event["quote"])
    named = message.mentions.values_list("person", flat=True)
    tell(named, kind="mention", **event, now=now)


def _message(pk: UUID) -> Message | None:
    """The message while it stands, in a thread that stands."""
    standing = Message.objects.standing().filter(pk=pk, thread__hidden_at=None)
    return standing.select_related("author", "thread__author", "thread__audience__unit").first()


def _event(message: Message) -> dict[str, Any]:
    """What is told of a message, for `tell`."""
    thread = message.thread
    return {
        "about": ("thread", thread.pk),
        "key": f"message:{message.pk}",
        "actor": message.author,
        "title": _title(thread),
        "quote": first_line(message.text, 200),
        "url": f"{thread.get_absolute_url()}#m-{message.pk}",
        "place": f"audience:{thread.audience_id}",
        "at": message.at,
    }


def _title(thread: Thread) -> str:
    """The question, or how the post begins; nothing once those words are gone."""
    opening = thread.messages.standing().filter(is_opening=True).first()
    if opening is None or thread.hidden_at:
        return ""
    return thread.title or first_line(opening.text, 80)


def _members(message: Message | None, kind: str) -> Tale | None:
    if message is None:
        return None
    members = Membership.objects.filter(audience=message.thread.audience_id)
    return _tale(members.values("person"), message, kind)


def _watching(message: Message, kind: str, what: Q, reason: str = "") -> Tale:
    watches = Watch.objects.following().filter(what)
    return _tale(watches.values("person"), message, kind, reason=reason)


def _tale(people: Any, message: Message, kind: str, **more: Any) -> Tale:
    found = Person.objects.active().filter(pk__in=people)
    return Tale(found, _event(message) | {"kind": kind} | more)
