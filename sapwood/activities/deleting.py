"""Deleting an activity so that it can be taken back: its rows travel signed in the undo button.

Nothing stays on the server. What others took part in, or wait for an answer in, is put away
instead, so that their pages stay and they are told.
"""

from typing import Any

from django.core import serializers, signing
from django.db import models, router, transaction
from django.db.models.deletion import Collector

from sapwood.activities.models import Activity, Audience, Participation
from sapwood.activities.search import forget
from sapwood.people.models import Person
from sapwood.spaces.models import Space

SALT = "sapwood.activities.deleting"
KEPT_FOR = 3600  # seconds in which it can be taken back


class _Everything(Collector):
    """Gathers rows one by one, also where the database could delete them unseen."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        return False


def concerns_others(activity: Activity) -> bool:
    """True if somebody other than the owner ever joined, or waits for an answer."""
    joined = Participation.objects.filter(activity=activity).exclude(person=activity.owner_id)
    if joined.exclude(state=Participation.State.INVITED).exists():
        return True
    waiting = activity.as_kind.unanswered
    return bool(waiting) and Activity.objects.filter(pk=activity.pk, **waiting).exists()


@transaction.atomic
def delete(activity: Activity, *, by: Person) -> str:
    """Deletes it, or puts it away; gives back what `restore` needs."""
    if concerns_others(activity):
        before = activity.state
        activity.archive()
        return signing.dumps({"by": by.pk.hex, "pk": activity.pk.hex, "state": before}, salt=SALT)
    rows = serializers.serialize("json", _rows(activity))
    forget([activity.pk])
    activity.delete()
    return signing.dumps({"by": by.pk.hex, "rows": rows}, salt=SALT, compress=True)


def _rows(activity: Activity) -> list[models.Model]:
    """It and what goes with it; order does not matter: keys are checked when all are back."""
    collector = _Everything(using=router.db_for_write(Activity), origin=activity)
    collector.collect([activity])
    return [row for found in collector.data.values() for row in found]


@transaction.atomic
def restore(payload: str, *, by: Person) -> Activity:
    """Brings back what `by` deleted. Raises BadSignature for anything else or too late, and
    IntegrityError when what it belonged to is gone."""
    data = signing.loads(payload, salt=SALT, max_age=KEPT_FOR)
    if data["by"] != by.pk.hex:
        raise signing.BadSignature
    if "state" in data:
        activity = Activity.objects.get(pk=data["pk"])
        activity.return_to(data["state"])
    else:
        activity = _bring_back(data["rows"])
        activity.refresh()
    return activity


def _bring_back(rows: str) -> Activity:
    """The rows as they were; a second time nothing is written over what changed meanwhile."""
    waiting = list(serializers.deserialize("json", rows))
    gone = next(row.object for row in waiting if isinstance(row.object, Activity))
    if there := Activity.objects.filter(pk=gone.pk).first():
        return there
    if gone.space_id and not Space.objects.filter(pk=gone.space_id).exists():
        gone.space = None  # deleted meanwhile: as it would be, had it stood
        gone.audience = Audience.INVITED if gone.audience == Audience.GROUP else gone.audience
    for row in waiting:
        row.save()
    return gone
