"""Where an assignment stands for one person, and the questions that end it."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.activities.models import Activity, Participation
from sapwood.kinds.stretch.models import Application
from sapwood.ledger.models import Moment
from sapwood.people.models import Person

QUESTIONS = (
    ("asked", _("What did it ask of you that your usual work does not?")),
    ("learned", _("What do you know or do now that you did not before?")),
    ("next", _("What will you try next time, and who should hear of it?")),
)
MOST_LISTED = 100


def stage_for(activity: Activity, person: Person) -> dict[str, Any]:
    """What the page offers this person: apply, wait, do, look back."""
    seen = Application.objects.filter(stretch=activity.pk).visible_to(person)
    rows = list(seen.select_related("person")[:MOST_LISTED])
    own = next((row for row in rows if row.person_id == person.pk), None)
    is_host = activity.is_hosted_by(person)
    return {
        "own": own,
        "applications": [row for row in rows if is_host and is_shown(row)],
        "stage": stage(activity, timezone.now()),
        "steps": steps(activity, own),
        "can_apply": activity.is_published and not is_host
        and (own is None or own.state == Application.State.WITHDRAWN)
        and activity.places_left() != 0,
    }  # fmt: skip


def is_shown(row: Application) -> bool:
    """True for what the host still sees: a withdrawn asking only if it gave a place back."""
    return row.state != Application.State.WITHDRAWN or row.has_stepped_back


def kept_by(activity: Activity, person: Person) -> Moment | None:
    """The moment with the person's own look back, if they kept one."""
    found: Moment | None = activity.moments_of(person).filter(reflected=True).first()
    return found


def stage(activity: Activity, now: datetime) -> str:
    """offered, running or over, by its dates."""
    if activity.starts_at and activity.starts_at > now:
        return "offered"
    if activity.ends_at and activity.ends_at < now:
        return "over"
    return "running" if activity.starts_at else "offered"


def steps(activity: Activity, own: Application | None) -> list[tuple[str, str]]:
    """(stage, done | now | nothing) of one applicant: applied, agreed, done, looked back."""
    if own is None or own.state not in (Application.State.ASKED, Application.State.AGREED):
        return []
    taking = Participation.objects.filter(activity=activity, person=own.person_id).first()
    agreed = own.state == Application.State.AGREED
    over = stage(activity, timezone.now()) == "over"
    looked_back = bool(taking and taking.is_completed)
    done = [True, agreed, looked_back or (agreed and over), looked_back]
    now = done.index(False) if False in done else -1
    names = ("applied", "agreed", "running", "reviewed")
    return [
        (name, "done" if done[place] else "now" if place == now else "")
        for place, name in enumerate(names)
    ]
