"""Letters that let people in: an invitation, or word that one's place is ready. Sent when asked."""

from collections.abc import Callable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sapwood.core import formats
from sapwood.people.doors.health import has_mail_server, where_letters_stay
from sapwood.people.doors.inviting import invite
from sapwood.people.doors.letters import letter
from sapwood.people.doors.words import LETTERS
from sapwood.people.models import AuditEvent, Invitation, Organisation, Person

TOLD = "told_to_sign_in"
MOST = 5
Absolute = Callable[[str], str]  # a path to a whole address, such as request.build_absolute_uri


class Answer(NamedTuple):
    """What became of one address, in words."""

    email: str
    words: str
    well: bool


def send_invitation(invitation: Invitation, *, by: Person, absolute: Absolute) -> bool:
    """The link, in the organisation's language; False when the mail server did not take it."""
    organisation = Organisation.current()
    with override(organisation.language):
        context = {
            "by": by.name,
            "organisation": organisation.name,
            "until": formats.FILTERS["daymonth"](invitation.expires_at),
            "link": absolute(reverse("join", args=[invitation.token])),
        }
        return _deliver(letter(LETTERS["invitation"], to=[invitation.email], context=context))


def tell_ready(person: Person, *, by: Person, absolute: Absolute) -> bool:
    """Says how to sign in to somebody who is here and never did; their record notes it."""
    with override(person.language):
        context = {
            "by": by.name,
            "organisation": Organisation.current().name,
            "email": person.email,
            "link": absolute(reverse("account_login")),
        }
        sent = _deliver(letter(LETTERS["place_ready"], to=[person.email], context=context))
    if sent:
        AuditEvent.write(TOLD, actor=by, subject=person)
    return sent


def let_know(email: str, *, by: Person, absolute: Absolute) -> Answer:
    """Invites an address, or tells whoever is here by it how to sign in."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        return Answer(email, _("This is not an e-mail address."), False)
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        invitation = invite(by, email=email)
        sent = send_invitation(invitation, by=by, absolute=absolute)
        words = _("Was not here yet: invited.")
    elif person.waits_to_sign_in:
        sent = tell_ready(person, by=by, absolute=absolute)
        words = _("Is here and has not signed in yet: told how.")
    elif not person.is_active:
        return Answer(
            email, _("This account is closed. Open it on the person’s page first."), False
        )
    else:
        return Answer(email, _("Signs in already. No letter was sent."), True)
    return Answer(email, f"{words} {sent_words(sent)}" if sent else sent_words(sent), sent)


def sent_words(sent: bool) -> str:
    """Where a letter went."""
    if not sent:
        return _("The mail server did not take the letter. Try again later.")
    if not has_mail_server():
        return where_letters_stay()
    return _("The letter is on its way.")


def _deliver(message: EmailMessage) -> bool:
    try:
        return bool(message.send())
    except OSError:
        return False
