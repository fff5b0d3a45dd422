"""What media keeps: uploads, and the cards of linked pages."""

from sapwood.media.models.link_card import LinkCard
from sapwood.media.models.upload import Upload

__all__ = ["LinkCard", "Upload"]
