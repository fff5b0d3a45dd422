"""Jobs of people."""

from sapwood.core.jobs import job
from sapwood.core.schedule import every


@job()
def plan_import(run_id: str) -> None:
    """Compares a file with who is here."""
    from sapwood.people.importing.plan import plan_run
    from sapwood.people.models import ImportRun, RunState

    run = ImportRun.objects.filter(pk=run_id, state=RunState.PLANNING).first()
    if run:
        plan_run(run)


@job()
def apply_import(run_id: str) -> None:
    """Saves what a dry run showed."""
    from sapwood.people.importing.apply import apply_run

    apply_run(run_id)


@every(minutes=24 * 60)
@job()
def forget() -> None:
    """Lets go of what has been kept long enough."""
    from django.utils import timezone

    from sapwood.people.retention import forget_old

    forget_old(timezone.now())
