"""Drafts of before: the migration that moves them to `writing` loses nothing, there and back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from sapwood.core.ids import uuid7

BEFORE, AFTER = ("journal", "0001_initial"), ("journal", "0002_drafts_to_writing")
MANY = 130  # more than two batches
ROW = ("pk", "person_id", "slot", "fields", "revision", "saved_at")


def migrate(target):
    executor = MigrationExecutor(connection)
    return executor.migrate([target]).apps


def rows_in(apps, app):
    return set(map(repr, apps.get_model(app, "Draft").objects.values_list(*ROW)))


@pytest.fixture
def before(transactional_db):
    """The tables as they were; the newest again at the end."""
    yield migrate(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_every_draft_moves_as_it_is_and_can_come_back(before):
    person = before.get_model("people", "Person").objects.create(email="ana@ardal.example")
    draft, now = before.get_model("journal", "Draft"), timezone.now()
    draft.objects.bulk_create(
        draft(
            pk=uuid7(), person=person, slot="journal" if n % 2 else f"reply-{uuid7()}",
            fields={"text": f"Ä {n}\r\n", "title": ""}, revision=n + 1,
            saved_at=now - timedelta(days=n),
        )
        for n in range(MANY)
    )  # fmt: skip
    kept = rows_in(before, "journal")
    assert len(kept) == MANY
    after = migrate(AFTER)
    assert rows_in(after, "writing") == kept
    assert "journal_draft" not in connection.introspection.table_names()
    back = migrate(BEFORE)
    assert rows_in(back, "journal") == kept
    assert rows_in(back, "writing") == set()
    assert rows_in(migrate(AFTER), "writing") == kept
