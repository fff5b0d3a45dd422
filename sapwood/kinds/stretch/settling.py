"""Applications kept in line with their offer: closed and opened again with it, ended by leaving."""

from django.utils import timezone

from sapwood.activities.models import Activity, Participation
from sapwood.kinds.stretch.models import Application

State = Application.State


def settle(activity: Activity) -> None:
    """Closing the offer answers who waits; opening it again lets them wait as before. Who stepped
    back from an agreed place has no application any more, and their line goes with it."""
    rows, now = Application.objects.filter(stretch=activity.pk), timezone.now()
    if activity.is_published:
        rows.filter(state=State.CLOSED).update(state=State.ASKED, answered_at=None)
    else:
        rows.filter(state=State.ASKED).update(state=State.CLOSED, answered_at=now)
    left = Participation.objects.filter(activity=activity, state=Participation.State.LEFT)
    gone = rows.filter(state=State.AGREED, person__in=left.values("person"))
    gone.update(state=State.WITHDRAWN, line="", reason="", answered_at=now, left_at=now)
