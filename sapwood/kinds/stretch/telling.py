"""What an offer has to tell: who asked for a place or stepped back, and what was answered."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
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
        state__in=[State.AGREED, State.DECLINED, State.CLOSED],
        answered_at__gte=since,
    ).annotate(
        opens=ExpressionWrapper(Q(stretch__activity__in=visible), output_field=BooleanField())
    )
    return answered.select_related("stretch__activity").order_by("-created_at")[:MOST]


_answered = Prepared(_answers)
_asked = Prepared(
    lambda person, since: (
        Application.objects.filter(
            Q(state=State.ASKED, stretch__activity__state="published")
            | Q(state=State.WITHDRAWN, left_at__gte=since),
            stretch__activity__owner=person,
        )
        .select_related("stretch__activity")
        .order_by("-created_at")[:MOST]
    )
)


def told(person: Person, now: datetime) -> list[Waiting]:
    """For the owner how many wait for an answer and how many stepped back lately; for who asked,
    the answer of the last days, also where its page is closed to them by now."""
    units = above_as_slots(person)
    steward = person.has_role(Role.STEWARD)
    answered = _answered(steward, len(units), person=person.pk, since=now - LATELY, **units)
    rows = _asked(person=person.pk, since=now - LATELY)
    counts = Counter((row.stretch.activity, row.state) for row in rows)
    said = [Waiting(offer, _asking(state, count)) for (offer, state), count in counts.items()]
    said += [
        Waiting(row.stretch.activity, _answer(row), opens=row.opens)
        for row in answered
        if row.opens or row.state != State.AGREED  # a place in what is a draft again is none
    ]
    return said


def _asking(state: str, count: int) -> str:
    if state == State.WITHDRAWN:
        words = ngettext("%(count)s stepped back", "%(count)s stepped back", count)
    else:
        words = ngettext("%(count)s asks for a place", "%(count)s ask for a place", count)
    return words % {"count": count}


def _answer(row: Any) -> str:
    """In full where there is no page that says it."""
    if row.state == State.AGREED:
        return _("You have a place")
    if row.state == State.CLOSED:
        return _("The assignment you asked for was closed before an answer came")
    if not row.opens:
        return _("Not this time, for the assignment you asked for: %(reason)s") % {
            "reason": row.reason
        }
    return _("There is an answer for you")
