"""Two people changing one activity: what stands is never written over unseen."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sapwood.activities.forms import ActivityForm
from sapwood.activities.models import Activity

SEEN = "seen"  # the hidden field with the digest of what the person had before them


@dataclass(frozen=True)
class Differs:
    """One field that holds other words now than the person wants to keep."""

    label: str
    stands: str
    mine: str


def hold(activity: Activity) -> None:
    """Keeps the row for this transaction, and reads it as it is now."""
    if not activity._state.adding:
        Activity.objects.select_for_update().get(pk=activity.pk)
        activity.refresh_from_db()


def digest(form: ActivityForm) -> str:
    """Of what stands stored, in a few letters; nothing before it is stored at all."""
    if form.is_new:
        return ""
    stands = json.dumps(form.contents(), default=str, sort_keys=True)
    return sha256(stands.encode()).hexdigest()[:32]


def is_overtaken(form: ActivityForm, seen: str) -> bool:
    """True if somebody kept something else since; the same words twice are no conflict."""
    return bool(seen) and seen != digest(form) and bool(differences(form))


def differences(form: ActivityForm) -> list[Differs]:
    """Field by field, where the person's words are other than those that stand."""
    found = []
    for name, stands in form.contents().items():
        given = _given(form, name)
        before, after = form.in_words(name, stands), form.in_words(name, given)
        is_text = isinstance(stands, str) and isinstance(given, str)
        if stands.strip() != given.strip() if is_text else before != after:
            found.append(Differs(str(form[name].label), before, after))
    return found


def _given(form: ActivityForm, name: str) -> Any:
    return form.cleaned_data[name] if name in form.cleaned_data else form[name].value()
