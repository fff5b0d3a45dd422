"""Whether an installation is sound: settings, database, assets, folders; one sentence each."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from sapwood.core.assets import BUILT
from sapwood.core.lost_jobs import living_workers


@dataclass(frozen=True)
class Finding:
    """A sentence, and whether all is well."""

    holds: bool
    text: str


def waiting_migrations() -> int:
    """How many migrations the database still lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def findings() -> Iterator[Finding]:
    """Everything looked at, in the order in which one would mend it."""
    problems = checks.run_checks(include_deployment_checks=settings.PRODUCTION)
    serious = [problem for problem in problems if problem.level >= checks.ERROR]
    yield Finding(not serious, "Settings are consistent." if not serious else str(serious[0]))
    yield _database()
    names = BUILT / "assets.json"
    yield Finding(
        names.exists(),
        "Styles and scripts are built."
        if names.exists()
        else "Styles and scripts are not built: make assets.",
    )
    for folder in (settings.DATA_DIR, settings.MEDIA_ROOT):
        yield _folder(Path(folder))
    yield _workers()


def _database() -> Finding:
    try:
        waiting = waiting_migrations()
    except DatabaseError as problem:
        return Finding(False, f"The database does not answer ({type(problem).__name__}).")
    if waiting:
        return Finding(False, f"The database lacks {waiting} migrations: sapwood manage migrate.")
    return Finding(True, f"The database answers and is up to date ({connection.vendor}).")


def _folder(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Finding(True, f"{folder} can be written.")
    except OSError as problem:
        return Finding(False, f"{folder} cannot be written ({problem.strerror}).")


def _workers() -> Finding:
    """A sleeping installation has no worker, and that is fine: this only tells."""
    try:
        count = len(living_workers(timezone.now()))
    except DatabaseError:
        return Finding(True, "No worker could be counted yet.")
    return Finding(True, f"Job workers at work now: {count}.")
