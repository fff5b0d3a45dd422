"""The two full-text engines behind one interface of four verbs; a query is groups of alternatives.

A group matches when one of its tokens is there; all groups must match. A token that ends in `*`
matches by its beginning. Tokens are letters and digits only, and each is quoted all the same.
"""

from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

Groups = list[list[str]]


class Backend(Protocol):
    """What search needs from a database."""

    def put(self, pk: UUID, title: str, text: str) -> None:
        """Makes one activity findable."""

    def remove(self, ids: list[UUID]) -> None:
        """Makes these impossible to find."""

    def clear(self) -> None:
        """Empties the index."""

    def matching(self, groups: Groups) -> RawSQL:
        """A subquery of the ids that match, for `pk__in`."""

    def vocabulary(self, shortest: int, longest: int) -> list[str]:
        """Known words of that length, to find what somebody may have meant."""


def _alternatives(group: list[str], *, quote: str, prefix: str, joined: str) -> str:
    words = [
        f"{quote}{token.rstrip('*')}{quote}{prefix if token.endswith('*') else ''}"
        for token in group
    ]
    return f"({joined.join(words)})"


class SqliteSearch:
    """A virtual table of FTS5 beside the activities."""

    def put(self, pk: UUID, title: str, text: str) -> None:
        self.remove([pk])
        self._run(
            "INSERT INTO activities_search (activity, title, body) VALUES (%s, %s, %s)",
            pk.hex,
            title,
            text,
        )

    def remove(self, ids: list[UUID]) -> None:
        for pk in ids:
            self._run("DELETE FROM activities_search WHERE activity = %s", pk.hex)

    def clear(self) -> None:
        self._run("DELETE FROM activities_search")

    def matching(self, groups: Groups) -> RawSQL:
        words = [_alternatives(g, quote='"', prefix="*", joined=" OR ") for g in groups]
        return RawSQL(
            "SELECT activity FROM activities_search WHERE activities_search MATCH %s",
            (" AND ".join(words),),
        )

    def vocabulary(self, shortest: int, longest: int) -> list[str]:
        rows = self._run(
            "SELECT term FROM activities_search_words WHERE length(term) BETWEEN %s AND %s",
            shortest,
            longest,
        )
        return [row[0] for row in rows]

    def _run(self, sql: str, *values: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall()) if cursor.description else []


class PostgresSearch:
    """A generated tsvector column with a GIN index; it follows its row without being told."""

    def put(self, pk: UUID, title: str, text: str) -> None:
        """The generated column is already right."""

    def remove(self, ids: list[UUID]) -> None:
        """`matching` asks for published rows only."""

    def clear(self) -> None:
        """Nothing is kept apart from the rows."""

    def matching(self, groups: Groups) -> RawSQL:
        words = [_alternatives(g, quote="'", prefix=":*", joined=" | ") for g in groups]
        return RawSQL(
            "SELECT id FROM activities_activity WHERE state = 'published'"
            " AND search @@ to_tsquery('simple', %s)",
            (" & ".join(words),),
        )

    def vocabulary(self, shortest: int, longest: int) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word FROM ts_stat($$SELECT search FROM activities_activity"
                " WHERE state = 'published' ORDER BY published_at DESC LIMIT 3000$$)"
                " WHERE length(word) BETWEEN %s AND %s",
                (shortest, longest),
            )
            return [row[0] for row in cursor.fetchall()]


@lru_cache(maxsize=1)
def backend() -> Backend:
    """The engine of the database in use."""
    return PostgresSearch() if connection.vendor == "postgresql" else SqliteSearch()
