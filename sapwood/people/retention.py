"""People who left: their account is erased a year after it was closed; ended sign-ins go."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from sapwood.core.policies import YEAR
from sapwood.people.erasure import erase_person
from sapwood.people.models import Person


def note_who_left(now: datetime) -> None:
    """Writes down when an account was first seen closed, and forgets it where it is open again."""
    Person.objects.filter(is_active=True).exclude(closed_at=None).update(closed_at=None)
    Person.objects.closed().filter(closed_at=None).update(closed_at=now)


def erase_long_gone(now: datetime) -> int:
    """Erases everybody whose account has been closed for a year; counts people."""
    gone = list(Person.objects.closed().filter(closed_at__lt=now - YEAR))
    for person in gone:
        erase_person(person)
    return len(gone)


def forget_ended_devices(now: datetime) -> int:
    """Deletes what is known of devices whose sign-in has ended; counts rows."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    return int(UserSession.objects.exclude(session_key__in=alive).delete()[0])
