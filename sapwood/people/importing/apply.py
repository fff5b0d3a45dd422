"""Saving a plan in batches: a batch and its ticks are one transaction, so retries do no harm."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from sapwood.people.importing.saving import Saver
from sapwood.people.importing.units import make_units
from sapwood.people.models import ImportRow, ImportRun, Person, RunState

BATCH = 500


def start(run: ImportRun, *, by: Person | None, now: datetime, **choices: bool) -> bool:
    """Turns a dry run into an import, once; False if it already began. `choices` are the ticks."""
    with transaction.atomic():
        fresh = ImportRun.objects.select_for_update().get(pk=run.pk)
        if fresh.state not in {RunState.READY, RunState.HELD}:
            return False
        if fresh.state == RunState.READY:
            for name, value in choices.items():
                setattr(fresh, name, value)
            fresh.total = ImportRow.objects.waiting(fresh).count()
            fresh.started_at, fresh.person = now, by or fresh.person
        fresh.state, fresh.trouble = RunState.APPLYING, ""
        fresh.save()
    run.refresh_from_db()
    return True


def apply_run(run_id: UUID | str) -> None:
    """Saves batch after batch until none is left or somebody holds the run.

    Any fault holds the run, so that its page has words and a way on; then the fault is raised.
    """
    try:
        while apply_batch(run_id):
            pass
    except Exception:
        running = ImportRun.objects.filter(pk=run_id, state=RunState.APPLYING)
        running.update(state=RunState.HELD, trouble="saving_broke")
        raise


def apply_batch(run_id: UUID | str) -> bool:
    """Saves the next rows; False when there is nothing more to do."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().filter(pk=run_id).first()
        if run is None or run.state != RunState.APPLYING:
            return False
        rows = list(ImportRow.objects.waiting(run)[:BATCH])
        if not rows:
            run.state, run.finished_at = RunState.DONE, timezone.now()
            run.save()
            return False
        units = make_units(run.new_units)
        try:
            with transaction.atomic():
                _save(run, rows, units)
        except IntegrityError:
            for row in rows:
                _save_alone(run, row, units)
        run.done += len(rows)
        run.save(update_fields=["done"])
    return True


def _save(run: ImportRun, rows: list[ImportRow], units: dict[str, UUID]) -> None:
    Saver(run, units, rows).save()


def _save_alone(run: ImportRun, row: ImportRow, units: dict[str, UUID]) -> None:
    """One row that may be the one the database refuses."""
    fresh: Any = ImportRow.objects.get(pk=row.pk)
    try:
        with transaction.atomic():
            _save(run, [fresh], units)
    except IntegrityError:
        fresh.refresh_from_db()
        fresh.failed = True
        fresh.problems = [*fresh.problems, ["", "not_stored", {}]]
        fresh.save(update_fields=["failed", "problems"])
