"""Jobs of spaces."""

from sapwood.core.jobs import job
from sapwood.core.schedule import every


@every(minutes=60)
@job()
def keep_groups_in_step() -> None:
    """Teams follow the line, rules are applied, and what is over is put away."""
    from django.utils import timezone

    from sapwood.spaces.founding import put_away_what_is_over
    from sapwood.spaces.ruling import apply_all
    from sapwood.spaces.teams import follow_all

    now = timezone.now()
    follow_all(now)
    apply_all(now)
    put_away_what_is_over(now)


@job()
def untell_asked(asked_pk: str) -> None:
    """Takes a request that nobody needs to answer any more out of the stewards' inboxes."""
    from uuid import UUID

    from sapwood.spaces.telling import untell_who_asks

    untell_who_asks(UUID(asked_pk))


@job()
def tell_ruled(space_pk: str, batch_key: str) -> None:
    """Tells those whom rules brought into a group; what came in together has its moment as key."""
    from datetime import datetime
    from uuid import UUID

    from sapwood.spaces.telling import tell_by_rule

    tell_by_rule(UUID(space_pk), datetime.fromisoformat(batch_key))


@job()
def tell_added(space_pk: str, by_pk: str, batch_key: str) -> None:
    """Tells those who were added to a group; what came in together has its moment as key."""
    from datetime import datetime
    from uuid import UUID

    from sapwood.spaces.telling import tell_who_was_added

    tell_who_was_added(UUID(space_pk), UUID(by_pk), datetime.fromisoformat(batch_key))
