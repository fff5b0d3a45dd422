"""From notices whose time has come to letters that wait to be sent.

A notice is taken and its letter written down in one transaction, so that no two workers make two of
them, and one that dies leaves either a notice that is due or a letter that waits.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sapwood.notify.kinds import kind_of
from sapwood.notify.models import Channel, Letter, Notice, Rhythm
from sapwood.notify.wishing import Wishes, wishes_of
from sapwood.people.models import Person

BATCH = 500
FULL = 5  # threads that a letter tells in full; more at once come in one letter
OFTEN = (Rhythm.AT_ONCE, Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.MONTHLY)
logger = logging.getLogger("sapwood.letters")


def claim_due(now: datetime) -> int:
    """Writes down the letters that are due; says for how many people."""
    due = Notice.objects.unread().due_by_email(now).order_by("email_due_at")
    people = dict.fromkeys(due.values_list("person", flat=True)[: BATCH * 4])
    done = 0
    for pk in list(people)[:BATCH]:
        try:
            _claim_for(pk, now)
            done += 1
        except Exception:  # one person's trouble keeps nobody else waiting
            logger.exception("letter not written")
    return done


@transaction.atomic
def _claim_for(pk: UUID, now: datetime) -> None:
    due = Notice.objects.unread().due_by_email(now).filter(person=pk)
    notices = list(due.select_for_update(of=("self",)).order_by("-at", "-id"))
    person = Person.objects.active().filter(pk=pk).first()
    if person and notices:
        letters = letters_for(person, notices, wishes_of(person), now)
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
    taken = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    taken.update(email_due_at=None, sent_email_at=now, unsent=0)


def letters_for(
    person: Person, notices: list[Notice], wishes: Wishes, now: datetime
) -> list[Letter]:
    """One letter for each thread that is told at once, unless they are many; one for the rest."""
    at_once = [each for each in notices if rhythm_of(each, wishes) == Rhythm.AT_ONCE]
    if len(at_once) > FULL:
        at_once = []
    alone = {each.pk for each in at_once}
    rest = [each for each in notices if each.pk not in alone]
    letters = [_letter(person, Letter.Kind.THREAD, [each], wishes, now) for each in at_once]
    return [*letters, _letter(person, Letter.Kind.DIGEST, rest, wishes, now)] if rest else letters


def rhythm_of(notice: Notice, wishes: Wishes) -> str:
    """How often this person wants e-mail of such things."""
    kind = kind_of(notice)
    return wishes.get((kind.group, Channel.EMAIL), Rhythm.OFF) if kind else Rhythm.OFF


def _letter(
    person: Person, kind: str, notices: list[Notice], wishes: Wishes, now: datetime
) -> Letter:
    found = {rhythm_of(each, wishes) for each in notices}
    due = max(each.email_due_at or now for each in notices)
    one = notices[0]
    key = f"thread:{one.pk}:{one.count}" if kind == Letter.Kind.THREAD else f"digest:{due:%FT%T}"
    return Letter(
        person=person,
        key=key,
        kind=kind,
        rhythm=next((rhythm for rhythm in OFTEN if rhythm in found), Rhythm.DAILY),
        parts=[[str(each.pk), each.unsent] for each in notices],
        next_try_at=now,
        at=now,
    )
