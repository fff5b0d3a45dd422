"""sapwood import-people FILE: what would change, and with --apply the change itself."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sapwood.people.importing.apply import apply_run, start
from sapwood.people.importing.headers import BY_KEY, is_enough, tidy
from sapwood.people.importing.limits import Unreadable
from sapwood.people.importing.plan import plan_run
from sapwood.people.importing.problems import sentence
from sapwood.people.importing.reading import read_file
from sapwood.people.importing.result import failed_rows, reasons
from sapwood.people.models import ImportRow, ImportRun, Organisation


class Command(BaseCommand):
    """Imports people from a CSV file."""

    help = "Compare a CSV file of people with who is here; with --apply, save the differences."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="save; without it, a dry run")
        parser.add_argument(
            "--deactivate-missing", action="store_true", help="close accounts not in the file"
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="FIELD=COLUMN",
            help=f"name a column yourself; fields: {', '.join(BY_KEY)}",
        )  # fmt: skip
        parser.add_argument("--failed", type=Path, help="write the rows that failed to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        run = self._read(options["file"])
        run.columns |= self._columns(run, options["map"])
        if not is_enough(run.columns):
            raise CommandError(
                f"No column of the e-mail or the name found in: {', '.join(run.headers)}. "
                "Name them with --map email=COLUMN --map name=COLUMN."
            )
        run.save()
        plan_run(run)
        self._tell(run)
        if options["apply"]:
            start(
                run, by=None, now=timezone.now(), add_new=True, change_known=True,
                close_missing=options["deactivate_missing"],
            )  # fmt: skip
            apply_run(run.pk)
            saved = run.rows.exclude(saved_at=None).count()
            self.stdout.write(self.style.SUCCESS(f"{saved} saved."))
        else:
            self.stdout.write("Nothing was saved. Add --apply to save.")
        if options["failed"]:
            options["failed"].write_text("".join(failed_rows(run)), encoding="utf-8", newline="")

    def _read(self, path: Path) -> ImportRun:
        try:
            with path.open("rb") as file:
                return read_file(file, name=path.name, by=None)
        except Unreadable as unreadable:
            raise CommandError(sentence(unreadable.code, unreadable.params)) from None
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None

    def _columns(self, run: ImportRun, pairs: list[str]) -> dict[str, int]:
        """Columns named on the line. Raises CommandError for one that is not there."""
        headers = {tidy(header): column for column, header in enumerate(run.headers)}
        chosen = {}
        for pair in pairs:
            field, _sign, header = pair.partition("=")
            if field not in BY_KEY or tidy(header) not in headers:
                raise CommandError(f"--map {pair}: no such field or column.")
            chosen[field] = headers[tidy(header)]
        return chosen

    def _tell(self, run: ImportRun) -> None:
        """Counts, new units and every row that can't be saved, on standard output."""
        self.stdout.write(f"{Organisation.current().name}: {run.file_name}, {run.encoding}")
        matched = ", ".join(f"{key} = {run.headers[column]}" for key, column in run.columns.items())
        self.stdout.write(f"Columns: {matched}")
        for state in ("new", "changed", "same", "error", "missing"):
            self.stdout.write(f"{run.count(state):>8} {state}")
        for unit in run.new_units:
            self.stdout.write(f"    unit {unit['path']}")
        for row in ImportRow.objects.failed_in(run).iterator(500):
            self.stdout.write(f"Row {row.number}: {reasons(row)}")
