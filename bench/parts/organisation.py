"""Organisations to measure on: the sample one, and larger ones grown from it by copying rows.

Kept in the temporary directory under a name that changes with the tables and the sample.
"""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bench.parts.server import ROOT, environment

PACKAGE = ROOT / "sapwood"
# name → how many copies of the 150 sample people, and of the sample activities
SIZES = {"150 people": (0, 0), "2,000 people": (13, 3), "20,000 people": (133, 30)}
LOAD = """
from sapwood.demo import loading
loading.load_sample(open_doors=True)
loading.name_the_organisation()
"""
REINDEX = "from sapwood.activities.search import rebuild; rebuild()"


def organisation(size: str) -> Path:
    """The data folder of an organisation of this size, made now or kept from an earlier run."""
    folder = Path(tempfile.gettempdir()) / f"sapwood-bench-{_stamp()}-{size.split()[0]}"
    if (folder / "ready").exists():
        return folder
    _forget_old_ones()
    shutil.rmtree(folder, ignore_errors=True)
    if size == "150 people":
        folder.mkdir()
        _sapwood(folder, "migrate", "--verbosity", "0")
        _sapwood(folder, "shell", "-v", "0", "-c", LOAD)
    else:
        shutil.copytree(organisation("150 people"), folder)
        (folder / "ready").unlink()
        people, activities = SIZES[size]
        with closing(sqlite3.connect(folder / "sapwood.sqlite3")) as database:
            grow(database, people, activities)
        _sapwood(folder, "shell", "-v", "0", "-c", REINDEX)
    (folder / "ready").touch()
    return folder


def _forget_old_ones() -> None:
    """Organisations of earlier days, made from other tables or another sample."""
    for folder in Path(tempfile.gettempdir()).glob("sapwood-bench-*"):
        if time.time() - folder.stat().st_mtime > 24 * 3600:
            shutil.rmtree(folder, ignore_errors=True)


def grow(database: sqlite3.Connection, people: int, activities: int) -> None:
    """Copies the sample people with three quarters of their moments, and the activities."""
    database.execute("PRAGMA synchronous=OFF")
    for number in range(1, people + 1):
        mark = f"{number:04x}"
        email = f"'c{number}.' || email"
        _copy(
            database, "people_person", mark, {"id", "manager_id"}, email=email, staff_number="NULL"
        )
        _copy(database, "ledger_trunk", mark, {"person_id"})
        _copy(
            database, "ledger_moment", mark, {"uid", "person_id"}, "cursor % 4 <> 0", cursor="NULL"
        )
    for number in range(1, activities + 1):
        mark = f"{number:04x}"
        _copy(database, "activities_activity", mark, {"id"})
        for kind in ("resource_resource", "stretch_stretch"):
            _copy(database, kind, mark, {"activity_id"})
    database.commit()
    database.execute("ANALYZE")
    database.commit()


def _copy(
    database: sqlite3.Connection,
    table: str,
    mark: str,
    keys: set[str],
    where: str = "1",
    **values: str,
) -> None:
    """Copies the sample's own rows; each key begins with `mark` in the copy."""
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    values |= {key: f"'{mark}' || substr({key}, 5)" for key in keys}
    picked = ", ".join(values.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    mine = sorted(keys)[0]
    database.execute(
        f"INSERT INTO {table} ({names}) SELECT {picked} FROM {table}"
        f" WHERE substr({mine}, 1, 2) <> '00' AND {where}"
    )


def _sapwood(folder: Path, *command: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "sapwood.cli", "manage", *command],
        env=environment(folder),
        check=True,
        cwd=ROOT,
    )


def _stamp() -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted([*PACKAGE.rglob("migrations/*.py"), *PACKAGE.glob("demo/**/*")]):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
