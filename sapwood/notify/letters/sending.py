"""Sending what waits: never twice, each tried again later, one that cannot be sent alone.

SENDING is stored before the mail server is spoken to. If the server says no, the letter waits for
another try. If the line breaks after that, or this process dies, nobody knows whether the letter
left; it is LOST and not sent again: its notices stand in the inbox, unread.
"""

import logging
import smtplib
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone, translation

from sapwood.notify.letters.building import build
from sapwood.notify.letters.composing import compose, message_id
from sapwood.notify.models import Letter

BATCH = 200
SECONDS = 20  # of one run: other jobs wait behind it; the next begins a minute later
TRIES = 8
CUT_OFF = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=6)
State = Letter.State
logger = logging.getLogger("sapwood.letters")


def has_way_out() -> bool:
    """False where no mail is set up: notices then wait, rather than fill the console."""
    return not settings.EMAIL_BACKEND.endswith(".console.EmailBackend")


def send_waiting(now: datetime) -> int:
    """Sends the letters whose time has come; says how many left."""
    lost = Letter.objects.left_open(now - CUT_OFF).update(state=State.LOST)
    if lost:
        logger.error("letters cut off while they were sent", extra={"count": lost})
    began, sent = time.monotonic(), 0
    connection = get_connection()
    try:
        waiting = Letter.objects.waiting(now).select_related("person").order_by("next_try_at", "pk")
        for letter in waiting[:BATCH]:
            if time.monotonic() - began > SECONDS:
                break
            outcome = _send(letter, connection, now)
            sent += outcome == State.SENT
            if outcome is None:  # no mail server: the others would only wait longer
                break
    finally:
        _close(connection)
    return sent


def _send(letter: Letter, connection: Any, now: datetime) -> str | None:
    """The state the letter came to; None if the mail server cannot be reached."""
    try:
        message = _written(letter, now)
        if message is None:
            return _settle(letter, State.WAITING, state=State.EMPTY)
    except Exception:  # a letter that cannot be written keeps no other waiting
        logger.exception("letter not written")
        return _put_off(letter, now, State.WAITING)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        logger.exception("no mail server")
        _put_off(letter, now, State.WAITING)
        return None
    claimed = {"state": State.SENDING, "next_try_at": now, "message_id": message_id(letter)}
    if not _settle(letter, State.WAITING, **claimed):
        return State.SENDING  # another worker has it
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as no:
        codes = [code for code, _words in no.recipients.values()]
        return _refused(letter, now, connection, max(codes, default=0))
    except smtplib.SMTPResponseException as no:
        return _refused(letter, now, connection, no.smtp_code)
    except (OSError, smtplib.SMTPException):
        logger.exception("letter cut off")
        _close(connection)
        return _settle(letter, State.SENDING, state=State.LOST)
    return _settle(letter, State.SENDING, state=State.SENT, sent_at=now)


def _written(letter: Letter, now: datetime) -> Any:
    """The message, in the reader's language and time zone; None if nothing is left to tell.

    People of the sample organisation have no mailboxes: a real mail server would only bounce.
    """
    person = letter.person
    if not person.is_active or (person.is_sample and settings.PRODUCTION):
        return None
    with translation.override(person.language), timezone.override(person.time_zone):
        content = build(letter, person, now)
        return compose(content, letter, person, now) if content else None


def _refused(letter: Letter, now: datetime, connection: Any, code: int) -> str | None:
    """The server said no: for good with 5xx, for now with others."""
    logger.warning("letter refused", extra={"code": code})
    _close(connection)
    if code >= 500:
        return _settle(letter, State.SENDING, state=State.FAILED)
    return _put_off(letter, now, State.SENDING)


def _put_off(letter: Letter, now: datetime, before: str) -> str | None:
    """Later each time; after eight tries, not again."""
    if letter.tries + 1 >= TRIES:
        return _settle(letter, before, state=State.FAILED)
    wait = min(timedelta(minutes=2 * 3**letter.tries), LONGEST_WAIT)
    after = {"state": State.WAITING, "tries": F("tries") + 1, "next_try_at": now + wait}
    return _settle(letter, before, **after)


def _settle(letter: Letter, before: str, **values: Any) -> str | None:
    """Writes the new state if the letter is still as we left it; says which, or None."""
    changed = Letter.objects.filter(pk=letter.pk, state=before).update(**values)
    return str(values["state"]) if changed else None


def _close(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        logger.info("the mail server had gone")
