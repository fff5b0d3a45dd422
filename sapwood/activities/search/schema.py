"""What the migration adds for search, by database."""

from typing import Any

SQLITE = (
    "CREATE VIRTUAL TABLE activities_search USING fts5("
    "activity UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3')",
    "CREATE VIRTUAL TABLE activities_search_words USING fts5vocab(activities_search, 'row')",
)
POSTGRES = (
    "ALTER TABLE activities_activity ADD COLUMN search tsvector GENERATED ALWAYS AS ("
    "array_to_tsvector(array_remove(string_to_array(search_title || search_text, ' '), ''))"
    ") STORED",
    "CREATE INDEX activities_search ON activities_activity USING gin (search)",
)


def create(apps: Any, editor: Any) -> None:
    """Adds the index of the database at hand."""
    for statement in POSTGRES if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)
