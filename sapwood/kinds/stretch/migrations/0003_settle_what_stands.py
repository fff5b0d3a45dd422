"""Applications from before closing and leaving were answered: brought in line once."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def settle(apps: Any, _editor: Any) -> None:
    """As `settling.settle` does it for one offer."""
    rows, now = apps.get_model("stretch", "Application").objects, timezone.now()
    waiting = rows.filter(state="asked").exclude(stretch__activity__state="published")
    waiting.update(state="closed", answered_at=now)
    for asked in rows.filter(state="agreed").select_related("stretch__activity"):
        taking = asked.stretch.activity.participations.filter(person=asked.person_id)
        if taking.filter(state="left").exists():
            asked.state, asked.line, asked.reason = "withdrawn", "", ""
            asked.answered_at = asked.left_at = now
            asked.save()


def unsettle(apps: Any, _editor: Any) -> None:
    """What was closed waits again: the state before this did not know the word."""
    closed = apps.get_model("stretch", "Application").objects.filter(state="closed")
    closed.update(state="asked", answered_at=None)


class Migration(migrations.Migration):
    dependencies = [("stretch", "0002_application_closing")]
    operations = [migrations.RunPython(settle, unsettle)]
