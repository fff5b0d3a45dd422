"""People from a file: seconds for 20,000 rows on SQLite, dry run and saving, and the memory used.

The file is shaped like a real one: semicolons, Latin-1, Portuguese headers, managers further down,
3 % of the rows wrong. Without `--quick` the same file is compared and applied again, changed.
"""

import io
import os
import resource
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.parts.report import QUICK, Figure, report

ROWS = 20_000


def prepare(folder: str) -> None:
    """An empty installation in `folder`."""
    os.environ |= {"SAPWOOD_DATA": folder, "DJANGO_SETTINGS_MODULE": "sapwood.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def bring_in(data: bytes, what: str) -> list[Figure]:
    """Reads, compares and saves one file; nothing is assumed, everything is counted afterwards."""
    from django.utils import timezone

    from sapwood.people.importing.apply import apply_run, start
    from sapwood.people.importing.plan import plan_run
    from sapwood.people.importing.reading import read_file

    times = [perf_counter()]
    run = read_file(io.BytesIO(data), name="pessoas.csv", by=None)
    times.append(perf_counter())
    plan_run(run)
    times.append(perf_counter())
    start(run, by=None, now=timezone.now(), add_new=True, change_known=True, close_missing=False)
    apply_run(run.pk)
    times.append(perf_counter())
    run.refresh_from_db()
    read, plan, apply = (b - a for a, b in pairwise(times))
    return [
        Figure(f"{what}: read the file", read, "s"),
        Figure(f"{what}: dry run", plan, "s"),
        Figure(f"{what}: save", apply, "s"),
        Figure(f"{what}: all of it", times[-1] - times[0], "s", "<=60"),
        Figure(f"{what}: rows saved", run.rows.exclude(saved_at=None).count(), "rows"),
        Figure(f"{what}: rows with an error", run.rows.filter(state="error").count(), "rows"),
    ]


def main() -> None:
    """Measures in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sapwood-bench-") as folder:
        prepare(folder)
        from sapwood.people.models import Person
        from sapwood.people.tests.hr_file import csv_bytes

        data = csv_bytes(ROWS)
        figures = bring_in(data, "20,000 new")
        if not QUICK:
            changed = data.replace(b"Analista", b"Analista chefe").replace(b"Olh\xe3o", b"Faro")
            figures += bring_in(changed, "20,000 known, some changed")
        figures.append(Figure("people afterwards", Person.objects.count(), "people", ">=19000"))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        report([*figures, Figure("most memory", peak, "MB", "<=300")])


if __name__ == "__main__":
    main()
