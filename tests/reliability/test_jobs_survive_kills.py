"""200 jobs, three workers killed at random: 200 effects, nothing stuck; on either database."""

import os
import random
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
JOBS, WORKERS, KILLS = 200, 3, 9


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """A database of its own: beside the given PostgreSQL one, else an SQLite file."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'kills.sqlite3'}"
        return
    name = f"sapwood_kills_{secrets.token_hex(4)}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def numbers(url: str) -> dict[str, int]:
    """How many attempts, marks and unfinished jobs there are."""
    queries = {
        "attempts": "SELECT COUNT(*) FROM kill_attempts",
        "marks": "SELECT COUNT(*) FROM kill_marks",
        "unfinished": "SELECT COUNT(*) FROM django_tasks_database_dbtaskresult"
        " WHERE task_path LIKE 'keyed_effects%' AND status <> 'SUCCESSFUL'",
    }
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as database:
            return {name: database.execute(query).fetchone()[0] for name, query in queries.items()}
    with psycopg.connect(url) as server:
        return {name: server.execute(query).fetchone()[0] for name, query in queries.items()}


def test_jobs_survive_kills(database_url: str, tmp_path: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SAPWOOD_", "PYTEST_"))}
    environment = kept | {
        "DATABASE_URL": database_url,
        "SAPWOOD_DATA": str(tmp_path),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}",
    }
    sapwood = [sys.executable, "-m", "sapwood.cli"]

    def run(*command: str) -> None:
        subprocess.run(command, env=environment, check=True, cwd=tmp_path)

    def start() -> subprocess.Popen[bytes]:
        command = [*sapwood, "worker", "--lease", "2", "--poll", "0.05"]
        return subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL)

    run(*sapwood, "manage", "migrate", "--verbosity", "0")
    run(sys.executable, str(HERE / "keyed_effects.py"), "prepare")
    run(sys.executable, str(HERE / "keyed_effects.py"), "enqueue", str(JOBS))
    chance = random.Random(8)
    workers = [start() for _ in range(WORKERS)]
    try:
        kills = 0
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            now = numbers(database_url)
            if now["unfinished"] == 0:
                break
            if kills < KILLS and now["marks"] >= (kills + 1) * JOBS // (KILLS + 2):
                victim = chance.randrange(WORKERS)
                workers[victim].kill()
                assert workers[victim].wait() == -signal.SIGKILL
                workers[victim] = start()
                kills += 1
            time.sleep(0.02)
        done = numbers(database_url)
    finally:
        for worker in workers:
            worker.terminate()
        codes = [worker.wait(timeout=20) for worker in workers]
    assert kills == KILLS
    assert done["marks"] == JOBS
    assert done["unfinished"] == 0
    assert done["attempts"] > JOBS, "no job was interrupted: the test killed nobody at work"
    assert set(codes) <= {0, -signal.SIGTERM}, "a worker ended with an error"
