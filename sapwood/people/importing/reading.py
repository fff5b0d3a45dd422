"""A file to a run with its rows; nothing is compared yet and the file itself is not kept."""

import unicodedata
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import PurePath
from typing import BinaryIO

from django.db import transaction

from sapwood.core.seen import SPACE
from sapwood.people.importing.decode import Lines
from sapwood.people.importing.dialect import Record, records, sniff
from sapwood.people.importing.headers import is_enough, match_headers
from sapwood.people.importing.limits import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Unreadable,
)
from sapwood.people.importing.rows import tidy_cell
from sapwood.people.models import ImportRow, ImportRun, Person, RunState

# First bytes of what people upload by mistake: spreadsheets, archives, PDF, pictures.
NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
BATCH = 1000
# Controls, halves of letters and letters that do not exist: text holds next to none of them.
NOISE = {"Cc", "Cs", "Cn", "Co"}
QUIET, FEW = 0.02, 3


def check_whole(file: BinaryIO) -> None:
    """Raises Unreadable for a file that is empty, too large or not text."""
    head = file.read(8)
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if not size:
        raise Unreadable("empty")
    if size > MAX_BYTES:
        raise Unreadable("too_large")
    if head.startswith(NOT_TEXT):
        raise Unreadable("not_text")


def check_words(lines: list[str]) -> None:
    """Raises Unreadable when the first lines are not words."""
    letters = "".join(lines)
    noise = sum(
        letter == "\ufffd" or (letter not in SPACE and unicodedata.category(letter) in NOISE)
        for letter in letters
    )
    if noise > max(QUIET * len(letters), FEW):
        raise Unreadable("not_text")


def read_file(file: BinaryIO, *, name: str, by: Person | None) -> ImportRun:
    """Stores the rows of `file` in a new run. Raises Unreadable when it holds none."""
    check_whole(file)
    lines = Lines(file)
    source = iter(lines)
    delimiter, sample = sniff(source)
    check_words(sample)
    rows = records(chain(sample, source), delimiter)
    header = next((record for record in rows if any(cell.strip() for cell in record.cells)), None)
    if header is None:
        raise Unreadable("empty")
    if len(header.cells) > MAX_COLUMNS:
        raise Unreadable("too_many_columns", count=len(header.cells))
    if len(header.cells) == 1:
        raise Unreadable("one_column")
    headers = [tidy_cell(cell)[:80] for cell in header.cells]
    with transaction.atomic():
        run = ImportRun.objects.create(
            person=by, file_name=PurePath(name).name[:200], delimiter=delimiter, headers=headers,
            columns=match_headers(headers),
        )  # fmt: skip
        run.total = _store(run, rows)
        run.encoding = lines.encoding
        if is_enough(run.columns):
            run.state = RunState.PLANNING
        run.save()
    return run


def _store(run: ImportRun, rows: Iterator[Record]) -> int:
    """Keeps every row that is not blank; returns how many."""
    width, total = len(run.headers), 0
    drafts = (_draft(run, record, width) for record in rows if any(map(str.strip, record.cells)))
    while batch := list(islice(drafts, BATCH)):
        total += len(batch)
        if total > MAX_ROWS:
            raise Unreadable("too_many_rows", limit=MAX_ROWS)
        ImportRow.objects.bulk_create(batch)
    if not total:
        raise Unreadable("only_header")
    return total


def _draft(run: ImportRun, record: Record, width: int) -> ImportRow:
    """A row; one that ends too early is refused, for a cell that is not there empties nothing."""
    needed = max((n for n, header in enumerate(run.headers, 1) if header), default=width)
    cells = [cell.replace("\x00", "")[:MAX_CELL] for cell in record.cells[:width]]
    problems = [["", record.problem, {}]] if record.problem else []
    if not problems and any(cell.strip() for cell in record.cells[width:]):
        problems = [["", "too_many_cells", {"sign": run.delimiter}]]
    if not problems and len(record.cells) < needed:
        problems = [["", "too_few_cells", {"count": len(record.cells), "width": needed}]]
    return ImportRow(run=run, number=record.number, cells=cells, problems=problems)
