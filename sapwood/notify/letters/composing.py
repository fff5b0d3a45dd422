"""From what a letter says to the message itself: two parts, and the headers that mail lives by."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import engines
from django.utils.translation import get_language

from sapwood.notify.inbound.addresses import address_for
from sapwood.notify.inbound.loops import OURS
from sapwood.notify.letters.building import Content
from sapwood.notify.models import Letter
from sapwood.people.models import Organisation, Person


def compose(
    content: Content, letter: Letter, person: Person, now: datetime
) -> EmailMultiAlternatives:
    """The message, with an id that stays the same however often it is tried."""
    to = f'"{person.name.translate(QUOTES)}" <{person.email}>' if person.name else person.email
    message = EmailMultiAlternatives(
        content.subject[:250], text_of(content), None, [to], headers=_headers(content, letter)
    )
    message.attach_alternative(html_of(content), "text/html")
    if content.answers:
        address = address_for(person, *content.answers, now=now)
        message.reply_to = [address] if address else []
    return message


QUOTES = str.maketrans({'"': "", "\\": "", "\r": " ", "\n": " "})


def html_of(content: Content) -> str:
    """The letter as HTML, which is also what the preview shows."""
    return _render("notify/letters/letter.html", content)


def text_of(content: Content) -> str:
    """The letter as text."""
    return _render("notify/letters/letter.txt", content).strip() + "\n"


def _render(name: str, content: Content) -> str:
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    values: dict[str, Any] = {
        "letter": content, "organisation": Organisation.current(),
        "lang": get_language() or "en",
    }  # fmt: skip
    return str(environment.get_template(name).render(values))


def _headers(content: Content, letter: Letter) -> dict[str, str]:
    headers = {
        "Message-ID": message_id(letter),
        "List-Unsubscribe": f"<{content.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        OURS: letter.kind,
    }
    if content.thread:
        # Letters about one thread name the same first letter, so that programs keep them together.
        root = f"<sapwood.{content.thread}@{domain()}>"
        headers |= {"In-Reply-To": root, "References": root}
    return headers


def message_id(letter: Letter) -> str:
    """What the letter is called in the world of mail."""
    return f"<sapwood.{letter.pk.hex}@{domain()}>"


def domain() -> str:
    """The domain that our letters come from."""
    address = settings.REPLY_ADDRESS or str(settings.DEFAULT_FROM_EMAIL)
    return address.rpartition("@")[2].rstrip("> ") or "localhost"
