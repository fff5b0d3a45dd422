"""Gives back the jobs of workers that died: at least once is kept even after kill -9."""

import logging
from datetime import datetime, timedelta

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sapwood.core.models import WorkerBeat

LEASE = timedelta(seconds=20)
ATTEMPTS = 5
logger = logging.getLogger("sapwood.jobs")


def beat(worker: str, now: datetime) -> None:
    """Says that `worker` lives."""
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"beat_at": now})


def living_workers(now: datetime, lease: timedelta = LEASE) -> set[str]:
    """Workers whose last beat is within the lease."""
    return set(WorkerBeat.objects.filter(beat_at__gte=now - lease).values_list("pk", flat=True))


def return_lost_jobs(now: datetime, lease: timedelta = LEASE) -> int:
    """Makes RUNNING jobs of dead workers READY again, or FAILED after `ATTEMPTS`; returns how many.

    Running jobs are read before the beats: a worker beats before it claims, so a new worker's job
    is never taken for a lost one. Each change is one compare-and-set, so that several workers may
    do this at once on any database.
    """
    running = list(DBTaskResult.objects.running().only("pk", "started_at", "worker_ids"))
    living = living_workers(now, lease)
    returned = 0
    for row in running:
        if row.worker_ids and row.worker_ids[-1] in living:
            continue
        if len(row.worker_ids) < ATTEMPTS:
            values = {"status": TaskResultStatus.READY, "started_at": None}
        else:
            values = {
                "status": TaskResultStatus.FAILED,
                "finished_at": now,
                "exception_class_path": "sapwood.core.lost_jobs.WorkerDied",
                "traceback": f"The worker died {ATTEMPTS} times while it ran this job.",
            }
        held = DBTaskResult.objects.filter(
            pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at
        )
        if held.update(**values):
            returned += 1
            logger.warning("job of a dead worker: %s", values["status"], extra={"job_id": row.pk})
    WorkerBeat.objects.filter(beat_at__lt=now - 10 * lease).delete()
    return returned


class WorkerDied(Exception):
    """Names, in a failed job, that its workers died each time."""
