"""The worker: claims a job, runs it, writes down how it went; a second thread keeps its lease.

Each job runs at least once: what a dead worker held is given back (core/lost_jobs.py), so every
effect of a job carries a key of its own.
"""

import logging
import os
import secrets
import threading
import traceback
from datetime import datetime, timedelta

from django.db import OperationalError, close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sapwood.core.lost_jobs import ATTEMPTS, LEASE, beat, return_lost_jobs
from sapwood.core.models import WorkerBeat
from sapwood.core.schedule import enqueue_due_jobs

POLL = 0.3
TRANSIENT = (OperationalError, ConnectionError, TimeoutError)
logger = logging.getLogger("sapwood.jobs")


def claim(worker: str) -> DBTaskResult | None:
    """Takes the next ready job, or None. The first look is a read: an idle worker locks nothing."""
    ready = DBTaskResult.objects.ready()
    if not ready.exists():
        return None
    with transaction.atomic():
        row = ready.select_for_update(skip_locked=True).first()
        if row is not None:
            row.claim(worker)
    return row


def perform(row: DBTaskResult) -> None:
    """Runs a claimed job and stores the outcome, unless the job was given to another meanwhile.

    A cause that passes (database or network away) makes it READY again, later each time.
    """
    values: dict[str, object]
    try:
        task = row.task
        context = [TaskContext(task_result=row.task_result)] if task.takes_context else []
        task.call(*context, *row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        values = {"status": TaskResultStatus.SUCCESSFUL}
    except Exception as problem:
        logger.exception("job failed", extra={"job": row.task_path, "job_id": row.pk})
        tries = len(row.worker_ids)
        if isinstance(problem, TRANSIENT) and tries < ATTEMPTS:
            later = timezone.now() + timedelta(seconds=4**tries)
            values = {"status": TaskResultStatus.READY, "run_after": later}
        else:
            values = {"status": TaskResultStatus.FAILED} | _without_words(problem)
    if values["status"] != TaskResultStatus.READY:
        values["finished_at"] = timezone.now()
    DBTaskResult.objects.filter(
        pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at
    ).update(**values)


def _without_words(problem: Exception) -> dict[str, object]:
    """Class and places of an error; its message may quote someone and is not kept."""
    return {
        "exception_class_path": f"{type(problem).__module__}.{type(problem).__qualname__}",
        "traceback": "".join(traceback.format_tb(problem.__traceback__)),
    }


class Worker:
    """One process that runs jobs, one after the other, until told to stop."""

    def __init__(self, *, lease: timedelta = LEASE, poll: float = POLL) -> None:
        self.name = f"{os.uname().nodename[:30]}-{os.getpid()}-{secrets.token_hex(6)}"
        self.lease, self.poll = lease, poll
        self.stopping = threading.Event()
        self._parent = os.getppid()

    def stop(self) -> None:
        """Finishes the job at hand and ends."""
        self.stopping.set()

    def run(self) -> None:
        """Works until stopped."""
        self.pulse(timezone.now())
        pulses = threading.Thread(target=self._keep_pulse, name="pulse", daemon=True)
        pulses.start()
        while not self.stopping.is_set():
            if not self._work_once():
                self.stopping.wait(self.poll)
        pulses.join(timeout=5)
        WorkerBeat.objects.filter(worker=self.name).delete()

    def run_until_empty(self) -> int:
        """Runs what is ready now, in this thread; returns how many jobs ran."""
        count = 0
        while (row := claim(self.name)) is not None:
            perform(row)
            count += 1
        return count

    def pulse(self, now: datetime) -> None:
        """Renews the lease, gives back lost jobs, enqueues what is due."""
        beat(self.name, now)
        return_lost_jobs(now, self.lease)
        enqueue_due_jobs(now)

    def _work_once(self) -> bool:
        close_old_connections()
        try:
            row = claim(self.name)
            if row is not None:
                perform(row)
        except OperationalError:  # the database is away: what we held comes back to someone
            logger.exception("the database does not answer")
            connection.close()
            self.stopping.wait(1)
            return False
        return row is not None

    def _keep_pulse(self) -> None:
        while not self.stopping.wait(self.lease.total_seconds() / 5):
            if os.getppid() != self._parent:  # whoever started us died
                self.stop()
            try:
                self.pulse(timezone.now())
            except OperationalError:
                logger.exception("the database does not answer")
                connection.close()
        connection.close()
