"""Fewer letters, from a link in one and without signing in: it only ever makes them rarer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.urls import reverse

from sapwood.notify.models import Channel, Rhythm
from sapwood.notify.wishing import wish, wishes_of
from sapwood.people.models import Person

SALT = "sapwood.notify.slower"
ORDER = [Rhythm.AT_ONCE, Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.MONTHLY, Rhythm.OFF]


@dataclass(frozen=True)
class Slower:
    """Who wants gathered e-mail no more often than this."""

    person: Person
    rhythm: Rhythm

    def begin(self, now: datetime) -> None:
        """Slows what is gathered more often; what comes at once, or not at all, stays."""
        place = ORDER.index(self.rhythm)
        faster = {
            key: str(self.rhythm)
            for key, rhythm in wishes_of(self.person).items()
            if key[1] == Channel.EMAIL and 0 < ORDER.index(Rhythm(rhythm)) < place
        }
        wish(self.person, faster, now)


def slower_path(person: UUID, rhythm: str) -> str:
    """The path of a page with one button."""
    token = signing.dumps([person.hex, str(rhythm)], salt=SALT)
    return reverse("letters_slower", args=[token])


def read_token(token: str) -> Slower:
    """Raises signing.BadSignature, ValueError, and Person.DoesNotExist after an erasure."""
    person, rhythm = signing.loads(token, salt=SALT)
    return Slower(Person.objects.active().get(pk=UUID(person)), Rhythm(rhythm))
