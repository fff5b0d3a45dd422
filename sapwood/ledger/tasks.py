"""Jobs of the ledger."""

from sapwood.core.jobs import job
from sapwood.core.schedule import every


@job()
def react(moment_pk: int) -> None:
    """Runs the reactions to one moment."""
    from sapwood.ledger.reacting import run_reactions

    run_reactions(moment_pk)


@every(minutes=1)
@job()
def sweep_reactions() -> None:
    """Runs the reactions that a crash or a failure left undone."""
    from django.utils import timezone

    from sapwood.ledger.reacting import sweep

    sweep(timezone.now())
