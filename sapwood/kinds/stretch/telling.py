"""What an offer has to tell: who asked for a place, and what was answered."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sapwood.activities.models import Activity
from sapwood.activities.models.activity import above_as_slots, seen_by
from sapwood.activities.registry import Waiting
from sapwood.core.prepared import Prepared
from sapwood.kinds.stretch.models import Application
from sapwood.people.models import Person, Role

LATELY = timedelta(days=14)
MOST = 100
State = Application.State


def _answers(
    steward: bool, _levels: int, *, person: UUID, since: datetime, **units: UUID
) -> QuerySet[Application]:
    visible = Activity.objects.filter(seen_by(person, list(units.values()), steward=steward))
    answered = Application.objects.filter(
        person=person,
        state__in=[State.AGREED, State.DECLINED],
        answered_at__gte=since,
        stretch__activity__in=visible,
    )
    return answered.select_related("stretch__activity").order_by("-created_at")[:MOST]


_answered = Prepared(_answers)
_asked = Prepared(
    lambda person: (
        Application.objects.filter(stretch__activity__owner=person, state=State.ASKED)
        .select_related("stretch__activity")
        .order_by("-created_at")[:MOST]
    )
)


def told(person: Person, now: datetime) -> list[Waiting]:
    """For the owner how many wait for an answer; for who asked, the answer of the last days."""
    units = above_as_slots(person)
    steward = person.has_role(Role.STEWARD)
    answered = _answered(steward, len(units), person=person.pk, since=now - LATELY, **units)
    counts = Counter(row.stretch.activity for row in _asked(person=person.pk))
    said = [Waiting(activity, _asking(count)) for activity, count in counts.items()]
    said += [Waiting(row.stretch.activity, _answer(row)) for row in answered]
    return said


def _asking(count: int) -> str:
    words = ngettext("%(count)s asks for a place", "%(count)s ask for a place", count)
    return words % {"count": count}


def _answer(row: Application) -> str:
    if row.state == State.AGREED:
        return _("You have a place")
    return _("There is an answer for you")
