"""Rows of a dry run as the page shows them: names for ids, old and new words, sentences."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sapwood.people.importing.headers import BY_KEY
from sapwood.people.importing.problems import WARNINGS, sentence
from sapwood.people.models import ImportRow, ImportRun, Person, Unit

SHOWN = ("unit", "manager", "email")
BESIDE = ("name", "staff_number", "job_title", "site", "language", "joined_on", "is_active")


@dataclass
class Cell:
    """What stands in one column: old struck through, new bold, or what is wrong."""

    text: str = ""
    old: str = ""
    new: str = ""
    errors: list[str] = field(default_factory=list)


@dataclass
class Line:
    """One row of the table."""

    row: ImportRow
    cells: dict[str, Cell]
    more: list[tuple[str, Cell]]
    errors: list[str]
    notes: list[str]


class Names:
    """Words for the ids on one page: two queries for people and two for units at most."""

    def __init__(self, run: ImportRun, rows: Iterable[ImportRow]) -> None:
        people, units = set(), set()
        for row in rows:
            people |= {*row.changes.get("manager", []), row.values.get("manager")}
            units |= {*row.changes.get("unit", []), row.values.get("unit")}
        self.names: dict[str, str] = {
            str(pk): name
            for pk, name in Person.objects.filter(pk__in=people - {None}).values_list("pk", "name")
        }
        if unknown := people - {None} - self.names.keys():
            drafts = run.rows.filter(person_key__in=unknown).values_list("person_key", "name")
            self.names |= {str(key): name for key, name in drafts}
        self.units = {plan["id"]: plan["path"] for plan in run.new_units}
        self.units |= _paths(units - {None} - self.units.keys())

    def word(self, column: str, value: Any) -> str:
        """A value as people read it."""
        if column == "is_active" and value in (True, False):
            return _("open") if value else _("closed")
        if not value:
            return ""
        if column == "manager":
            return self.names.get(value, "")
        return self.units.get(value, "") if column == "unit" else str(value)


def _paths(keys: set[str]) -> dict[str, str]:
    units = list(Unit.objects.filter(pk__in=keys))
    above: set[UUID] = {key for unit in units for key in unit.ancestry}
    names = dict(Unit.objects.filter(pk__in=above).values_list("pk", "name"))
    return {str(u.pk): " / ".join(names[key] for key in u.ancestry if key in names) for u in units}


def lines_of(run: ImportRun, rows: list[ImportRow]) -> list[Line]:
    """A page of rows ready to show."""
    names = Names(run, rows)
    return [_line(row, names, run) for row in rows]


def _line(row: ImportRow, names: Names, run: ImportRun) -> Line:
    cells = {column: _cell(row, column, names, run) for column in (*SHOWN, *BESIDE)}
    more = [
        (str(BY_KEY[column].label), cells[column])
        for column in BESIDE
        if cells[column].errors
        or (row.state == "changed" and column in row.changes)
        or (column == "is_active" and row.state == "new" and column in row.changes)
    ]
    errors = [sentence(c, p) for column, c, p in row.problems if not column and c not in WARNINGS]
    notes = [sentence(code, params) for _column, code, params in row.problems if code in WARNINGS]
    return Line(row, cells, more, errors, notes)


def _cell(row: ImportRow, column: str, names: Names, run: ImportRun) -> Cell:
    errors = [
        sentence(c, p) for where, c, p in row.problems if where == column and c not in WARNINGS
    ]
    if errors:
        return Cell(errors=errors)
    pair = row.changes.get(column)
    if pair and row.state == "changed":
        return Cell(old=names.word(column, pair[0]), new=names.word(column, pair[1]))
    text = names.word(column, row.values.get(column))
    place = run.columns.get(column)
    if not text and row.state == "error" and place is not None and place < len(row.cells):
        text = str(row.cells[place])
    return Cell(text=text or (row.email if column == "email" else ""))
