"""The rings picture: a year of learning drawn as tree rings, the same bytes for the same input."""

from sapwood.ledger.rings.moment import RingMoment
from sapwood.ledger.rings.picture import full
from sapwood.ledger.rings.reading import Knot, knots, table
from sapwood.ledger.rings.small import small
from sapwood.ledger.rings.standalone import standalone

__all__ = ["Knot", "RingMoment", "full", "knots", "small", "standalone", "table"]
