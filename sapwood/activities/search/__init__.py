"""Search: one small interface over SQLite FTS5 and PostgreSQL; permissions stay in the query.

Both databases index the same folded tokens, so both find the same things; the order is decided
by `ranking.py`, in the same words for both.
"""

from sapwood.activities.search.finding import find, related_to
from sapwood.activities.search.indexing import forget, index_activity, rebuild

__all__ = ["find", "forget", "index_activity", "rebuild", "related_to"]
