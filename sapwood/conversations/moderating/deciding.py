"""From a report to a decision: each step once, with its reason, and one appeal."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sapwood.conversations.models import Case, Message, Report, Thread
from sapwood.conversations.refusing import Refused
from sapwood.core.announcing import announce
from sapwood.people.models import Person

State = Case.State


def report(message: Message, person: Person, *, why: str, words: str, now: datetime) -> Case:
    """Reports a message; several reports make one case. Nobody learns who reported."""
    with transaction.atomic():
        Thread.objects.select_for_update(of=("self",)).get(pk=message.thread_id)
        case, is_new = Case.objects.get_or_create(
            message=message, state__in=(State.OPEN, State.APPEALED),
            defaults={"state": State.OPEN, "opened_at": now},
        )  # fmt: skip
        Report.objects.get_or_create(
            case=case, reporter=person, defaults={"why": why, "words": words, "at": now}
        )
        if is_new:
            announce("report_made", case.pk)
    return case


def hold(message: Message, *, now: datetime) -> None:
    """Words on the list: others see the message once somebody has looked at it."""
    _hide(message, now)
    case, is_new = Case.objects.get_or_create(
        message=message, state__in=(State.OPEN, State.APPEALED),
        defaults={"state": State.OPEN, "opened_at": now, "by_words": True},
    )  # fmt: skip
    if is_new:
        announce("report_made", case.pk)


def decide(case: Case, *, by: Person, hide: bool, reason: str, now: datetime) -> None:
    """Hides the words or leaves them, with the reason that their author reads. Raises Refused."""
    if hide and not reason.strip():
        raise Refused(_("Write the reason: the one who wrote it reads it."))
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if case.state not in {State.OPEN, State.APPEALED}:
            raise Refused(_("Somebody else has decided this in the meantime."))
        message = case.message
        was_hidden = message.hidden_at is not None
        case.is_final = case.state == State.APPEALED
        case.state = State.HIDDEN if hide else State.LEFT
        case.reason, case.decided_by, case.decided_at = reason.strip(), by, now
        case.save()
        if hide:
            _hide(message, now)
        elif was_hidden:
            _show(message)
            if case.by_words and not case.is_final:
                announce("message_posted", message.pk)
        announce("message_changed", message.pk)
        announce("thread_changed", message.thread_id)
        announce("report_decided", case.pk)


def appeal(case: Case, *, words: str, now: datetime) -> None:
    """Who wrote the words asks for another look, once; somebody else decides. Raises Refused."""
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if not case.can_be_appealed:
            raise Refused(_("This was looked at twice. The decision stands."))
        if not words.strip():
            raise Refused(_("Write why it should be seen again."))
        case.state, case.appeal, case.opened_at = State.APPEALED, words.strip()[:1000], now
        case.save(update_fields=["state", "appeal", "opened_at"])
        announce("report_made", case.pk)


def _hide(message: Message, now: datetime) -> None:
    Message.objects.filter(pk=message.pk, hidden_at=None).update(hidden_at=now)
    _count_again(message, hidden_at=now)


def _show(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(hidden_at=None)
    _count_again(message, hidden_at=None)


def _count_again(message: Message, *, hidden_at: datetime | None) -> None:
    thread = Thread.objects.select_for_update(of=("self",)).get(pk=message.thread_id)
    if message.is_opening:
        thread.hidden_at = hidden_at
        thread.save(update_fields=["hidden_at"])
    thread.touch(thread.last_at)
