"""The ledger's tables."""

from sapwood.ledger.models.hint import WordHint
from sapwood.ledger.models.moment import LONGEST, Moment, MomentQuerySet, Visibility
from sapwood.ledger.models.share import MomentShare
from sapwood.ledger.models.trunk import Trunk
from sapwood.ledger.ways import Form, Place

__all__ = [
    "LONGEST",
    "Form",
    "Moment",
    "MomentQuerySet",
    "MomentShare",
    "Place",
    "Trunk",
    "Visibility",
    "WordHint",
]
