"""Jobs: what a dead worker held is given back, failures keep no words, schedules run once."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sapwood.core import lost_jobs, schedule, tasks
from sapwood.core.jobs import job
from sapwood.core.models import DueJob, WorkerBeat
from sapwood.core.worker import Worker, claim

pytestmark = pytest.mark.django_db
seen: list[int] = []


@job()
def note(key: int) -> None:
    seen.append(key)


@job()
def stumble(key: int) -> None:
    raise ValueError("Ana wrote something private")


@job()
def find_no_database(key: int) -> None:
    raise OperationalError("away")


def test_a_job_runs_once_and_is_done() -> None:
    seen.clear()
    note.enqueue(7)
    assert Worker().run_until_empty() == 1
    assert seen == [7]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_the_job_of_a_living_worker_is_left_alone() -> None:
    note.enqueue(1)
    worker, now = Worker(), timezone.now()
    lost_jobs.beat(worker.name, now)
    assert claim(worker.name) is not None
    assert lost_jobs.return_lost_jobs(now) == 0
    assert lost_jobs.return_lost_jobs(now + lost_jobs.LEASE * 1.5) == 1
    assert DBTaskResult.objects.get().status == "READY"


def test_a_job_that_kills_its_workers_fails_with_the_reason() -> None:
    note.enqueue(1)
    for _ in range(lost_jobs.ATTEMPTS):
        assert claim("gone") is not None
        assert lost_jobs.return_lost_jobs(timezone.now()) == 1
    row = DBTaskResult.objects.get()
    assert row.status == "FAILED"
    assert "died 5 times" in row.traceback


def test_beats_of_the_long_dead_are_cleared() -> None:
    now = timezone.now()
    lost_jobs.beat("old", now - lost_jobs.LEASE * 20)
    lost_jobs.return_lost_jobs(now)
    assert not WorkerBeat.objects.exists()


def test_a_failure_keeps_its_place_but_not_its_words() -> None:
    stumble.enqueue(1)
    Worker().run_until_empty()
    row = DBTaskResult.objects.get()
    assert row.status == "FAILED"
    assert row.exception_class_path == "builtins.ValueError"
    assert "stumble" in row.traceback
    assert "Ana" not in row.traceback.replace('raise ValueError("Ana wrote something private")', "")


def test_a_cause_that_passes_is_tried_again_later() -> None:
    find_no_database.enqueue(1)
    Worker().run_until_empty()
    row = DBTaskResult.objects.get()
    assert row.status == "READY"
    assert row.run_after > timezone.now()


def test_a_worker_that_lost_its_job_does_not_write_over_the_next() -> None:
    from sapwood.core.worker import perform

    note.enqueue(1)
    late = claim("slow")
    lost_jobs.return_lost_jobs(timezone.now())
    assert claim("fast") is not None
    perform(late)
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids) == ("RUNNING", ["slow", "fast"])


def test_periodic_jobs_run_once_a_period() -> None:
    now = timezone.now()
    jobs = schedule.periodic_jobs()
    assert tasks.prune_jobs.module_path in jobs
    assert schedule.enqueue_due_jobs(now) == len(jobs)
    assert schedule.enqueue_due_jobs(now) == 0
    Worker().run_until_empty()
    due = DueJob.objects.get(name=tasks.prune_jobs.module_path)
    assert due.next_at == now + timedelta(minutes=60)
    assert schedule.enqueue_due_jobs(now + timedelta(minutes=61)) >= 2


def test_a_periodic_job_that_has_not_finished_is_not_doubled() -> None:
    now = timezone.now()
    schedule.enqueue_due_jobs(now)
    assert schedule.enqueue_due_jobs(now + timedelta(days=1)) == 0


def test_finished_jobs_and_their_arguments_are_pruned() -> None:
    note.enqueue(1)
    Worker().run_until_empty()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=2))
    tasks.prune_jobs.call()
    assert not DBTaskResult.objects.exists()
