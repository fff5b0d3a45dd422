"""Jobs of resources."""

from uuid import UUID

from sapwood.core.jobs import job


@job()
def read_link(activity_id: str) -> None:
    """Fills the card of a link from its page."""
    from sapwood.kinds.resource.link_cards import fill_card

    fill_card(UUID(activity_id))
