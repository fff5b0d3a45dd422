"""What home does after a moment was kept."""

from datetime import timedelta

from sapwood.home.models import OfferAnswer, Verdict
from sapwood.ledger.models import Moment
from sapwood.ledger.reacting import reacts_to

FOLLOWS_WITHIN = timedelta(days=28)


@reacts_to("*")
def close_accepted_offer(moment: Moment) -> None:
    """An offer that the person said they would try is done when they keep a moment of that way."""
    OfferAnswer.objects.filter(
        person=moment.person,
        way=moment.way,
        verdict=Verdict.ACCEPTED,
        followed_on=None,
        answered_at__gte=moment.created_at - FOLLOWS_WITHIN,
    ).update(followed_on=moment.occurred_on)
