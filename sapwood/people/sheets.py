"""Writing CSV that no spreadsheet will run: cells that look like formulas are made plain text."""

import csv
import io
from collections.abc import Iterable

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain(cell: object) -> str:
    """The cell as text; a leading sign that starts a formula gets an apostrophe before it."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text


def line(cells: Iterable[object], delimiter: str = ",") -> str:
    """One line of CSV, ending as RFC 4180 says."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerow(map(plain, cells))
    return buffer.getvalue()
