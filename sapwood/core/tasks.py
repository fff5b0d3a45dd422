"""Periodic jobs of core: finished jobs, ended sessions and what has a limit are not kept."""

from datetime import timedelta

from django.utils import timezone

from sapwood.core.jobs import job
from sapwood.core.schedule import every

KEPT = {"SUCCESSFUL": timedelta(days=1), "FAILED": timedelta(days=30)}


@every(minutes=60)
@job()
def prune_jobs() -> None:
    """Deletes finished jobs with their arguments: those that went well after a day."""
    from django_tasks_db.models import DBTaskResult

    for status, age in KEPT.items():
        old = DBTaskResult.objects.filter(status=status, finished_at__lt=timezone.now() - age)
        old.delete()


@every(minutes=60)
@job()
def clear_sessions() -> None:
    """Deletes sessions that have ended."""
    from django.contrib.sessions.backends.db import SessionStore

    SessionStore.clear_expired()


@every(minutes=60)
@job()
def forget() -> None:
    """Lets go of what has been kept as long as its policy says."""
    from sapwood.core.retention import forget_expired

    forget_expired(timezone.now())
