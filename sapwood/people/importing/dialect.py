"""Lines to records: which sign parts the cells, and where quoted cells end."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from sapwood.people.importing.headers import match_headers
from sapwood.people.importing.limits import MAX_LINE, MAX_SPAN

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 60
# A letter, a digit, a quotation mark or a control can't part cells; such a line is no hint.
HINT = re.compile(r"^sep=([\t -~])\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Record:
    """One row; `number` is the one a spreadsheet shows, the header being 1."""

    number: int
    cells: list[str] = field(default_factory=list)
    problem: str = ""


def _parse(text: str, delimiter: str) -> list[str] | None:
    """Cells of a whole record; None when a quoted cell is still open."""
    if '"' not in text:
        return text.rstrip("\n").split(delimiter)
    try:
        return next(csv.reader(text.splitlines(True), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        if "end of data" in str(error):
            return None
    try:
        return next(csv.reader(text.splitlines(True), delimiter=delimiter), [])
    except csv.Error:
        return text.rstrip("\n").split(delimiter)


def records(lines: Iterable[str], delimiter: str) -> Iterator[Record]:
    """Every record in order; a quotation mark that never closes costs one row, not the rest."""
    source, waiting, number = iter(lines), list[str](), 0
    while True:
        line = waiting.pop() if waiting else next(source, None)
        if line is None:
            return
        number += 1
        if len(line) >= MAX_LINE:
            yield Record(number, line[:200].split(delimiter), "line_too_long")
            continue
        span = [line]
        cells = _parse(line, delimiter)
        while cells is None and len(span) < MAX_SPAN:
            more = waiting.pop() if waiting else next(source, None)
            if more is None:
                break
            span.append(more)
            cells = _parse("".join(span), delimiter)
        if cells is not None:
            yield Record(number, cells)
            continue
        waiting.extend(reversed(span[1:]))
        yield Record(number, line.rstrip("\n").split(delimiter), "quote_open")


def sniff(lines: Iterator[str]) -> tuple[str, list[str]]:
    """The delimiter, and the lines taken to find it.

    The best one makes the most headers known, then the most rows as wide as the first.
    """
    sample = list(islice(lines, SAMPLE))
    hint = HINT.match(sample[0]) if sample else None
    if hint and not hint.group(1).isalnum() and hint.group(1) not in '" ':
        return hint.group(1), sample[1:]
    best, best_score = ",", (-1, -1.0, -1)
    for delimiter in DELIMITERS:
        rows = [record.cells for record in records(sample, delimiter)]
        width = len(rows[0]) if rows else 0
        if width < 2:
            continue
        even = sum(len(row) == width for row in rows) / len(rows)
        score = (len(match_headers(rows[0])), even, width)
        if score > best_score:
            best, best_score = delimiter, score
    return best, sample
