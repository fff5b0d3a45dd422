"""Jobs: functions that run after the request, at least once; each effect carries its own key.

A job is enqueued in the same transaction as the row it is about, so neither exists without the
other. What a worker held when it died is given back (core/lost_jobs.py). Arguments are ids only.
"""

from collections.abc import Callable
from typing import Any

from django_tasks import task
from django_tasks.base import Task


def job(**options: Any) -> Callable[[Callable[..., Any]], Task[..., Any]]:
    """Marks a module-level function in `tasks.py` as a job; options are those of the Tasks API."""
    mark: Callable[[Callable[..., Any]], Task[..., Any]] = task(**options)
    return mark


def run_waiting_jobs() -> int:
    """Runs the jobs that wait, in this process, until none is left; returns how many ran."""
    from sapwood.core.worker import Worker

    return Worker().run_until_empty()
