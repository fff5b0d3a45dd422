"""Jobs of live."""

from django.utils import timezone

from sapwood.core.jobs import job
from sapwood.core.schedule import every


@every(minutes=10)
@job()
def sweep_events() -> None:
    """Forgets events after an hour; whoever was away longer looks at everything again."""
    from sapwood.live.log import sweep

    sweep(timezone.now())
