"""Periodic jobs: `@every(minutes=5)` above `@job()` in an app's tasks.py, found by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sapwood.core.models import DueJob

UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
AnyTask = Any  # a Task without parameters; the library has no types


@dataclass(frozen=True)
class Periodic:
    """A job without arguments and how often it runs."""

    task: AnyTask
    every: timedelta


_registered: dict[str, Periodic] = {}


def every(*, minutes: int) -> Callable[[AnyTask], AnyTask]:
    """Registers the job below to run each `minutes`, once in the whole installation."""

    def register(task: AnyTask) -> AnyTask:
        _registered[task.module_path] = Periodic(task, timedelta(minutes=minutes))
        return task

    return register


@lru_cache(maxsize=1)
def _discover() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("sapwood.") and find_spec(f"{config.name}.tasks"):
            import_module(f"{config.name}.tasks")


def periodic_jobs() -> dict[str, Periodic]:
    """Every periodic job by the path of its function, in alphabetical order."""
    _discover()
    return dict(sorted(_registered.items()))


def enqueue_due_jobs(now: datetime) -> int:
    """Enqueues what is due and returns how many; safe to call from every worker at once.

    A job whose last run has not finished is left out until the next time.
    """
    rows = dict(DueJob.objects.values_list("name", "next_at"))
    count = 0
    for name, entry in periodic_jobs().items():
        if name not in rows:
            DueJob.objects.get_or_create(name=name, defaults={"next_at": now})
        if rows.get(name, now) > now:
            continue
        with transaction.atomic():
            is_ours = DueJob.objects.filter(name=name, next_at__lte=now).update(
                next_at=now + entry.every
            )
            unfinished = DBTaskResult.objects.filter(task_path=name, status__in=UNFINISHED)
            if is_ours and not unfinished.exists():
                entry.task.enqueue()
                count += 1
    return count
