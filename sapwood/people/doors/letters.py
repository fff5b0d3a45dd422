"""Letters of the doors: a text and an HTML part from one set of words."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import engines
from django.utils.translation import get_language, override

from sapwood.people.doors.words import LETTERS, Letter
from sapwood.people.models import Organisation, Person

logger = logging.getLogger("sapwood.doors")
LINKS = ("password_reset_url", "link")


def letter(
    words: Letter, *, to: list[str], context: Mapping[str, Any] | None = None
) -> EmailMultiAlternatives:
    """A letter ready to send; `context` may hold `code`, `link` and the fields its words name."""
    given = dict(context or {})
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    link = next((given[name] for name in LINKS if given.get(name)), "")
    subject = " ".join(str(words.subject).format(**given).split())
    values = {
        "title": subject,
        "text": str(words.text).format(**given),
        "why": str(words.why).format(**given),
        "button_words": str(words.button),
        "link": link if words.button else "",
        "code": given.get("code", ""),
        "organisation": Organisation.current(),
        "lang": get_language() or "en",
    }
    body = environment.get_template("people/doors/letter.txt").render(values)
    message = EmailMultiAlternatives(subject, body.strip() + "\n", None, to)
    html = environment.get_template("people/doors/letter.html").render(values)
    message.attach_alternative(html, "text/html")
    return message


def tell_of_new_address(person: Person, *, before: str) -> None:
    """Once it is saved, says at the old address that another one opens the account now.

    Whoever holds the new address can read what is private, so nobody changes it in silence.
    """

    _send_later("account/email/email_changed", person, {before: {"to_email": person.email}})


def tell_of_waiting_address(person: Person, email: str) -> None:
    """Once it is saved, says at both addresses that one waits for its owner to confirm it."""
    names = {"email": person.email, "to_email": email}
    _send_later("address_waits", person, {person.email: names, email: names})


def _send_later(name: str, person: Person, letters: Mapping[str, Mapping[str, str]]) -> None:
    """One letter an address, with its words, in the language of `person`."""

    def send() -> None:
        for to, context in letters.items():
            try:
                with override(person.language):
                    letter(LETTERS[name], to=[to], context=context).send()
            except OSError:
                logger.exception("letter not sent")

    transaction.on_commit(send)
