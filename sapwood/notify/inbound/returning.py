"""Letters back: what was not taken and why, with the words that were sent, so that none is lost."""

import logging
import smtplib
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sapwood.notify.inbound.loops import OURS
from sapwood.notify.inbound.reading import Incoming
from sapwood.notify.inbound.registry import Answer, SentBack
from sapwood.people.models import Person

QUOTED = 200_000  # characters of somebody's words that go back with a letter
logger = logging.getLogger("sapwood.inbound")


def send_back(incoming: Incoming, answer: Answer, reason: SentBack) -> None:
    """Says why and what to do, with the words. Raises OSError or SMTPException."""
    lines = [str(reason.why)]
    if reason.link:
        lines.append(urljoin(settings.BASE_URL, reason.link))
    if answer.text:
        lines += [_("Your words:"), answer.text[:QUOTED]]
    _send(incoming, _("Not taken: %(subject)s"), "\n\n".join(lines))


def tell_what_stayed_out(incoming: Incoming, person: Person, left_out: list[str]) -> None:
    """Names the files that did not go with an answer that was taken."""
    said = ngettext(
        "Your answer was taken. One file stayed out:",
        "Your answer was taken. These files stayed out:",
        len(left_out),
    )
    _try(incoming, _("Without a file: %(subject)s"), "\n\n".join([said, *left_out]))


def tell_stranger(incoming: Incoming) -> None:
    """Tells whoever wrote from an address that the person answering never confirmed."""
    with override(settings.LANGUAGE_CODE):
        words = _(
            "This address takes answers only from the e-mail address that the letter went to. "
            "Please answer from there. If that is what you did, the letter was forwarded to you: "
            "its answers belong to whoever it was sent to."
        )
        text = f"{words}\n\n" + _("Your words:") + "\n\n" + incoming.words[:QUOTED]
        _try(incoming, _("Not taken: %(subject)s"), text)


def _try(incoming: Incoming, subject: str, text: str) -> None:
    """Sends what may also stay unsaid."""
    try:
        _send(incoming, subject, text)
    except (OSError, smtplib.SMTPException):
        logger.exception("letter not sent")


def _send(incoming: Incoming, subject: Any, text: str) -> None:
    headers = {OURS: "returned", "Auto-Submitted": "auto-replied"}
    if incoming.message_id:
        headers |= {"In-Reply-To": incoming.message_id, "References": incoming.message_id}
    title = " ".join((subject % {"subject": incoming.subject}).split())[:250]
    EmailMessage(title, text + "\n", None, [incoming.sender], headers=headers).send()
