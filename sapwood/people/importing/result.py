"""Rows that were not saved, as a file to correct: the same columns, with row number and reason."""

from collections.abc import Iterator

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from sapwood.people.importing.headers import BY_KEY
from sapwood.people.importing.problems import sentence
from sapwood.people.models import ImportRow, ImportRun
from sapwood.people.sheets import line


def reasons(row: ImportRow) -> str:
    """What is wrong with a row, column by column, in one cell."""
    parts = []
    for column, code, params in row.problems:
        words = sentence(code, params)
        label = str(BY_KEY[column].label) if column in BY_KEY else ""
        parts.append(f"{label}: {words}" if label else words)
    return " ".join(parts)


def failed_rows(run: ImportRun) -> Iterator[str]:
    """Lines of a CSV file that opens well in spreadsheets and can be imported again.

    In the language of whoever asks, also when the lines are read after their request has ended.
    """
    return _lines(run, get_language() or "en")


def _lines(run: ImportRun, language: str) -> Iterator[str]:
    width = len(run.headers)
    with override(language):
        titles = [_("Row"), _("Reason")]
    yield "\ufeff" + line([*run.headers, *titles], run.delimiter)
    for row in ImportRow.objects.failed_in(run).iterator(500):
        with override(language):
            why = reasons(row)
        if any(problem[1] == "too_few_cells" for problem in row.problems):
            # Not filled up: read again uncorrected, it is too short again and empties nothing.
            yield line([*row.cells, why], run.delimiter)
            continue
        cells = [*row.cells, *([""] * (width - len(row.cells)))]
        yield line([*cells, str(row.number), why], run.delimiter)
