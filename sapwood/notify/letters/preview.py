"""The next letter before it leaves: the same words, from the same place, kept nowhere."""

from datetime import datetime

from sapwood.notify.letters.building import Content, build
from sapwood.notify.letters.claiming import letters_for
from sapwood.notify.models import Notice
from sapwood.notify.wishing import wishes_of
from sapwood.people.models import Person


def next_letter(person: Person, now: datetime) -> Content | None:
    """What would leave first; None if nothing waits."""
    waiting = Notice.objects.unread().filter(person=person, email_due_at__isnull=False)
    due = waiting.order_by("email_due_at").values_list("email_due_at", flat=True).first()
    if due is None:
        return None
    notices = list(waiting.filter(email_due_at__lte=due).order_by("-at", "-id"))
    letters = letters_for(person, notices, wishes_of(person), now)
    return build(letters[0], person, now)
