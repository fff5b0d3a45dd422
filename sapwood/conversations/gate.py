"""What stands before every post: its length, and how fast somebody may post."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from sapwood.conversations.models import Audience, Message, Revision
from sapwood.conversations.models.message import LONGEST
from sapwood.conversations.refusing import Refused
from sapwood.core.formats import number
from sapwood.core.seen import is_blank
from sapwood.people.models import Person

NEW = timedelta(days=1)
FIRST_DAY = 10  # messages an hour, for accounts younger than a day
ALWAYS = 120  # messages an hour, for everybody: more is a loop, not a person
HOUR = timedelta(hours=1)


def check_words(text: str, *, has_files: bool = False) -> None:
    """Raises Refused for words nobody could read, or too many of them."""
    if is_blank(text) and not has_files:
        raise Refused(_("Write a few words first."))
    if len(text) > LONGEST:
        said = _("This is %(n)s characters long; %(most)s fit. Shorten it, or attach it as a file.")
        raise Refused(said % {"n": number(len(text)), "most": number(LONGEST)})


def is_new(person: Person, now: datetime) -> bool:
    """True on the first day of an account."""
    return now - person.created_at < NEW


def check_pace(person: Person, now: datetime) -> None:
    """Raises Refused when somebody posts faster than people do."""
    most = FIRST_DAY if is_new(person, now) else ALWAYS
    lately = Message.objects.filter(author=person, at__gt=now - HOUR).count()
    # Changed words can name people too.
    lately += Revision.objects.filter(message__author=person, replaced_at__gt=now - HOUR).count()
    if lately < most:
        return
    if most == FIRST_DAY:
        said = _("On the first day, %(n)s messages an hour are the most. Your words stay here.")
    else:
        said = _("%(n)s messages an hour are the most. Wait a little; your words stay here.")
    raise Refused(said % {"n": most})


def check_place(person: Person, audience: Audience) -> None:
    """Raises Refused where this person's words are not taken; ask inside the transaction, since
    somebody may be removed while they write."""
    if not Audience.objects.writable_by(person).filter(pk=audience.pk).exists():
        raise Refused(
            _("You can no longer write here: the group was closed, or you are no longer in it.")
        )
