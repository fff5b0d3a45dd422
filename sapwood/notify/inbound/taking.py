"""A letter that came in: checked, taken once, or sent back so that no word is lost."""

import logging
import smtplib
from datetime import datetime, timedelta
from uuid import uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from sapwood.core.seen import is_blank
from sapwood.notify.inbound import addresses
from sapwood.notify.inbound.files import bring_in_files
from sapwood.notify.inbound.loops import is_automatic, wants_no_answer
from sapwood.notify.inbound.reading import Incoming
from sapwood.notify.inbound.registry import Answer, SentBack, Taker, TooLong, taker_for
from sapwood.notify.inbound.returning import send_back, tell_stranger, tell_what_stayed_out
from sapwood.notify.inbound.trimming import trim
from sapwood.notify.models.inbound import Received, ReplyAddress
from sapwood.people.models import Person
from sapwood.writing.drafting import ROOM, save_draft

MOST_AN_HOUR = 30
Outcome = Received.Outcome
TAKEN, SEEN, IGNORED, RETURNED, UNKNOWN, LATER = (
    "taken", "seen", "ignored", "returned", "unknown", "later",
)  # fmt: skip
logger = logging.getLogger("sapwood.inbound")


def take(incoming: Incoming, receivers: list[str], *, now: datetime) -> str:
    """What became of a letter: taken, seen (it came before), ignored (a machine wrote it),
    returned, unknown (no address of ours), later (try again: too many, or no mail goes out)."""
    address = addresses.find(receivers)
    if address is None:
        return UNKNOWN
    if code := is_automatic(incoming):
        logger.info("letter ignored", extra={"code": code})
        return IGNORED
    person = address.person
    if Received.objects.filter(person=person, key=incoming.key).exists():
        return SEEN
    recent = Received.objects.filter(person=person, at__gt=now - timedelta(hours=1))
    with override(person.language):
        if not _is_theirs(incoming.sender, person):
            if recent.filter(outcome=Outcome.STRANGER).count() >= MOST_AN_HOUR:
                return IGNORED  # what strangers send never keeps its owner waiting
            return _refuse_stranger(incoming, person, now)
        if recent.exclude(outcome=Outcome.STRANGER).count() >= MOST_AN_HOUR:
            return LATER
        return _take(incoming, address, now)


def _is_theirs(sender: str, person: Person) -> bool:
    """True for the address one signs in with, and for others one confirmed."""
    if sender == person.email.lower():
        return True
    confirmed = person.emailaddress_set.filter(verified=True)  # type: ignore[attr-defined]
    return bool(sender) and confirmed.filter(email__iexact=sender).exists()


def _take(incoming: Incoming, address: ReplyAddress, now: datetime) -> str:
    person, taker = address.person, taker_for(address.purpose)
    text = trim(incoming.words, name=person.name)
    uploads, left_out = bring_in_files(incoming.files, person, takes_them=_has_files(taker))
    key = uuid5(address.pk, incoming.key)
    answer = Answer(person, address.about, text, uploads, key, now)
    try:
        with transaction.atomic():
            _note(incoming, person, Outcome.TAKEN, now)
            _check(answer, address, taker, now)
            if taker:
                taker.take(answer)
    except IntegrityError:
        if Received.objects.filter(person=person, key=incoming.key).exists():
            return SEEN
        raise
    except TooLong as reason:
        _keep_as_draft(answer, taker)
        return _return(incoming, answer, reason, now)
    except SentBack as reason:
        return _return(incoming, answer, reason, now)
    if left_out and not wants_no_answer(incoming):
        tell_what_stayed_out(incoming, person, left_out)
    return TAKEN


def _check(answer: Answer, address: ReplyAddress, taker: Taker | None, now: datetime) -> None:
    """Raises SentBack for what no handler would take; words that are too long stay as a draft."""
    if not answer.person.is_active:
        raise SentBack(_("Your account is closed, so your answer was not taken."))
    if taker is None or not address.is_open(now):
        raise SentBack(
            _("Answers to this letter were taken for 90 days, and those are over."), "/inbox/"
        )
    if len(answer.text) > taker.longest:
        raise TooLong(len(answer.text), taker.longest, taker.page(answer.about))
    if is_blank(answer.text) and not answer.uploads:
        raise SentBack(_("Your answer was empty once the letter it quotes was taken away."))


def _has_files(taker: Taker | None) -> bool:
    return taker is not None and taker.has_files


def _keep_as_draft(answer: Answer, taker: Taker | None) -> None:
    """Puts words that are too long where their writer can shorten them; once a letter."""
    if taker is None or len(answer.text) > ROOM - 100:
        return
    slot = taker.slot.format(about=answer.about)
    pk = uuid5(answer.key, "draft")
    save_draft(answer.person, pk, slot=slot, fields={"text": answer.text}, base=0, now=answer.now)


def _return(incoming: Incoming, answer: Answer, reason: SentBack, now: datetime) -> str:
    """Notes it and sends the words back, or gives the letter back to the mail system."""
    if wants_no_answer(incoming):
        logger.info("letter ignored", extra={"code": "no answer wanted"})
        return IGNORED
    try:
        with transaction.atomic():
            note = _note(incoming, answer.person, Outcome.RETURNED, now)
    except IntegrityError:
        return SEEN
    try:
        send_back(incoming, answer, reason)
    except (OSError, smtplib.SMTPException):
        logger.exception("letter not sent")
        note.delete()
        return LATER
    return RETURNED


def _refuse_stranger(incoming: Incoming, person: Person, now: datetime) -> str:
    """Another address answers in somebody's name: told kindly, once a day, without a word about
    whose address it is."""
    today = now - timedelta(days=1)
    earlier = Received.objects.filter(person=person, outcome=Outcome.STRANGER, at__gt=today)
    is_told = earlier.exists()
    try:
        with transaction.atomic():
            _note(incoming, person, Outcome.STRANGER, now)
    except IntegrityError:
        return SEEN
    if is_told or wants_no_answer(incoming):
        return IGNORED
    tell_stranger(incoming)
    return RETURNED


def _note(incoming: Incoming, person: Person, outcome: str, now: datetime) -> Received:
    return Received.objects.create(person=person, key=incoming.key, outcome=outcome, at=now)
