"""Jobs of people."""

from sapwood.core.jobs import job
from sapwood.core.schedule import every


@job()
def plan_import(run_id: str) -> None:
    """Compares a file with who is here."""
    from sapwood.people.importing.plan import plan_waiting

    plan_waiting(run_id)


@job()
def apply_import(run_id: str) -> None:
    """Saves what a dry run showed."""
    from sapwood.people.importing.apply import apply_run

    apply_run(run_id)


@every(minutes=24 * 60)
@job()
def erase_who_left() -> None:
    """Notes who left, and erases those who did so a year ago."""
    from django.utils import timezone

    from sapwood.people.retention import erase_long_gone, note_who_left

    note_who_left(timezone.now())
    erase_long_gone(timezone.now())


@every(minutes=60)
@job()
def forget_devices() -> None:
    """Lets go of devices that are signed in no more."""
    from django.utils import timezone

    from sapwood.people.retention import forget_ended_devices

    forget_ended_devices(timezone.now())


@every(minutes=24 * 60)
@job()
def forget_unused_tags() -> None:
    """Removes tags that nobody has any more."""
    from sapwood.people.skills import forget_unused

    forget_unused()
