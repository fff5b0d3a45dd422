"""What is kept for a stated time goes when that is over, by the same declarations that say so."""

from datetime import datetime

from sapwood.core.policies import models_with_policy


def forget_expired(now: datetime) -> int:
    """Deletes every row whose policy sets a limit that has passed; counts rows."""
    return sum(
        policy.limit.expired(model, now).delete()[0]
        for model, policy in models_with_policy()
        if policy.limit
    )
