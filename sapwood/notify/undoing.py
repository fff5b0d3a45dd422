"""Taking back one very stop, from the page that did it, without signing in.

What the stop changed goes into a signed word that lasts an hour; whoever holds an old letter has
none, so they can make nothing louder than its owner had it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction

from sapwood.conversations.models import Watch
from sapwood.notify.models import Mute, Preference, Rhythm
from sapwood.notify.stopping import Stop
from sapwood.notify.wishing import replan

SALT = "sapwood.notify.undo"
LASTS = timedelta(hours=1)
Was = dict[str, Any]


def stop_with_undo(stop: Stop, now: datetime) -> str:
    """Stops it; gives the word that takes this back, empty if it was quiet before."""
    with transaction.atomic():
        before = _state(stop)
        stop.begin(now)
        changed = {
            name: [[key, before[name].get(key)] for key, value in rows.items()
                   if before[name].get(key) != value]
            for name, rows in _state(stop).items()
        }  # fmt: skip
    if not any(changed.values()):
        return ""
    return signing.dumps([stop.person.pk.hex, stop.what, changed], salt=SALT, compress=True)


def undo(stop: Stop, word: str, now: datetime) -> bool:
    """Puts back what `word` says this stop changed, where it is still so; False for any other."""
    try:
        person, what, changed = signing.loads(word, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return False
    if (person, what) != (stop.person.pk.hex, stop.what):
        return False
    watches = Watch.objects.of(stop.person).muted()
    wishes = Preference.objects.of(stop.person).filter(rhythm=Rhythm.OFF)
    with transaction.atomic():
        mutes = [key for key, _was in changed["mutes"]]
        Mute.objects.filter(person=stop.person, pk__in=mutes).delete()
        for key, was in changed["watches"]:
            _put_back(watches.filter(pk=key), "is_muted", was)
        for key, was in changed["wishes"]:
            _put_back(wishes.filter(pk=key), "rhythm", was)
        replan(stop.person, now)
    return True


def _put_back(rows: Any, field: str, was: Any) -> None:
    if was is None:
        rows.delete()
    else:
        rows.update(**{field: was})


def _state(stop: Stop) -> dict[str, Was]:
    """What stops can change, by the id of its row."""
    mutes = Mute.objects.filter(person=stop.person).values_list("pk", "what")
    watches = Watch.objects.of(stop.person).values_list("pk", "is_muted")
    wishes = Preference.objects.of(stop.person).values_list("pk", "rhythm")
    found = {"mutes": mutes, "watches": watches, "wishes": wishes}
    return {name: {str(pk): value for pk, value in rows} for name, rows in found.items()}
