"""One batch of rows to people: checked against what is true now, written, and put on record."""

from collections.abc import Iterable, Iterator
from datetime import date
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import F
from django.utils import timezone

from sapwood.people.doors.addresses import ask_for_address, give_address, who_must_confirm
from sapwood.people.importing.managers import find_circles
from sapwood.people.models import (
    AuditEvent,
    ImportRow,
    ImportRun,
    Organisation,
    Person,
    RowState,
    Unit,
)

WRITTEN = {"unit": "unit_id", "manager": "manager_id"}
ACTIONS = {
    RowState.NEW: "person_added",
    RowState.CHANGED: "person_changed",
    RowState.MISSING: "person_closed",
}


class Saver:
    """Writes a batch. Rows that no longer fit are marked, with the reason; the rest are saved."""

    def __init__(self, run: ImportRun, units: dict[str, UUID], rows: list[ImportRow]) -> None:
        self.run, self.units, self.rows = run, units, rows
        self.organisation = Organisation.current()
        self.now = timezone.now()
        keys = [row.person_key for row in rows]
        self.people = Person.objects.in_bulk([key for key in keys if key])
        self.asked: set[UUID] = set()

    def save(self) -> None:
        """Checks, writes and ticks the whole batch."""
        good = [row for row in self.rows if self._fits(row)]
        self._check_units(good)
        good = [row for row in good if not row.failed]
        self._check_managers(good)
        good = [row for row in good if not row.failed]
        new = [self._make(row) for row in good if row.state == RowState.NEW]
        Person.objects.bulk_create(new)
        self._change([row for row in good if row.state == RowState.CHANGED])
        self._close([row for row in good if row.state == RowState.MISSING])
        AuditEvent.append(event for row in good for event in self._events(row))
        self._tick(good)

    # What is still true ---------------------------------------------------------------------------

    def _fits(self, row: ImportRow) -> bool:
        if row.state == RowState.NEW:
            return self._is_free(row)
        person = self.people.get(row.person_key)
        if person is None:
            return self._refuse(row, "gone_meanwhile")
        for field, (old, _new) in row.changes.items():
            if _current(person, field) != old:
                return self._refuse(row, "changed_meanwhile")
        return True

    def _is_free(self, row: ImportRow) -> bool:
        if row.person_key in self.people:
            return self._refuse(row, "taken_meanwhile")
        if not hasattr(self, "taken"):
            emails = [r.email for r in self.rows if r.state == RowState.NEW]
            numbers = [r.values.get("staff_number") for r in self.rows if r.state == RowState.NEW]
            self.taken = set(
                Person.objects.filter(email__in=emails).values_list("email", flat=True)
            ) | set(
                Person.objects.filter(staff_number__in=[n for n in numbers if n]).values_list(
                    "staff_number", flat=True
                )
            )
        if row.email in self.taken or row.values.get("staff_number") in self.taken:
            return self._refuse(row, "taken_meanwhile")
        return True

    def _check_units(self, rows: list[ImportRow]) -> None:
        """Units deleted after the dry run: their rows are refused, the rest go on."""
        wanted = {
            row.pk: self._unit(row.changes["unit"][1]) for row in rows if "unit" in row.changes
        }
        keys = {key for key in wanted.values() if key}
        # Held until the batch is saved, so that nobody deletes one in between.
        there = Unit.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=keys)
        gone = keys - {unit.pk for unit in there}
        for row in rows:
            if wanted.get(row.pk) in gone:
                self._refuse(row, "unit_gone")

    def _unit(self, planned: str | None) -> UUID | None:
        return self.units.get(planned or "") or _uuid(planned)

    def _check_managers(self, rows: list[ImportRow]) -> None:
        """Managers who were not saved are left out; circles that others made are refused."""
        wanted = {row.changes["manager"][1] for row in rows if row.changes.get("manager")} - {None}
        there = {str(row.person_key) for row in rows}
        there |= {
            str(key) for key in Person.objects.filter(pk__in=wanted).values_list("pk", flat=True)
        }
        for row in rows:
            pair = row.changes.get("manager")
            if pair and pair[1] and pair[1] not in there:
                row.problems = [*row.problems, ["manager", "manager_missed", {}]]
                row.waits = True
                del row.changes["manager"]
        moved = [
            row for row in rows if row.state == RowState.CHANGED and row.changes.get("manager")
        ]
        if not moved:
            return
        lines = dict(Person.objects.order_by().values_list("pk", "manager_id"))
        lines |= {row.person_key: _uuid(row.changes["manager"][1]) for row in moved}
        circles = find_circles(lines)
        caught = {key for circle in circles for key in circle}
        for row in moved:
            if row.person_key in caught:
                self._refuse(row, "circle_meanwhile")

    def _refuse(self, row: ImportRow, code: str) -> bool:
        row.failed = True
        row.problems = [*row.problems, ["", code, {}]]
        return False

    # Writing --------------------------------------------------------------------------------------

    def _make(self, row: ImportRow) -> Person:
        person = Person(
            id=row.person_key,
            password=UNUSABLE_PASSWORD_PREFIX + token_urlsafe(30),
            language=self.organisation.language,
            time_zone=self.organisation.time_zone,
        )
        self._set(person, row)
        return person

    def _set(self, person: Person, row: ImportRow) -> set[str]:
        """Puts the new values on a person; returns the columns written."""
        written = set()
        for field, (old, new) in row.changes.items():
            if field == "email" and old:
                continue  # An address that somebody has is not ours to change: see _move.
            column = WRITTEN.get(field, field)
            if field == "unit":
                new = self._unit(new)
            elif field == "manager":
                new = _uuid(new)
            elif field == "joined_on":
                new = date.fromisoformat(new)
            elif field == "staff_number":
                new = new or None
            setattr(person, column, new)
            written.add(column)
        return written

    def _change(self, rows: Iterable[ImportRow]) -> None:
        people, columns, moved = [], {"folded"}, []
        for row in rows:
            person = self.people[row.person_key]
            columns |= self._set(person, row)
            people.append(person)
            if "email" in row.changes:
                moved.append(row)
        if moved:
            columns.add("email")
            self._move(moved)
        if people:
            Person.objects.bulk_create(
                people, update_conflicts=True, unique_fields=["id"], update_fields=sorted(columns)
            )

    def _move(self, rows: list[ImportRow]) -> None:
        """New addresses: at once for people who were never here, else as a question to them."""
        self.asked = who_must_confirm(key for row in rows if (key := row.person_key))
        for row in rows:
            person, new = self.people[row.person_key], row.changes["email"][1]
            if person.pk in self.asked:
                ask_for_address(person, new)
            else:
                give_address(person, new)

    def _close(self, rows: list[ImportRow]) -> None:
        keys = [row.person_key for row in rows]
        if keys:
            Person.objects.filter(pk__in=keys).update(is_active=False)
            for session in UserSession.objects.filter(user_id__in=keys):
                session.end()

    def _events(self, row: ImportRow) -> Iterator[AuditEvent]:
        """One for what was written, one each for a door that opened or an address that waits."""
        fields, actions = set(row.changes), []
        if row.state == RowState.CHANGED and "is_active" in fields:
            fields.remove("is_active")
            actions.append("person_opened")
        if row.person_key in self.asked:
            fields.remove("email")
            actions.append("address_asked")
        if fields or not actions:
            actions.append(ACTIONS[RowState(row.state)])
        for action in actions:
            more = (
                {} if action in {"person_opened", "address_asked"} else {"fields": sorted(fields)}
            )
            yield AuditEvent(
                action=action, actor_id=self.run.person_id, subject_id=row.person_key,
                detail={**more, "import": str(self.run.pk)},
            )  # fmt: skip

    def _tick(self, good: list[ImportRow]) -> None:
        ImportRow.objects.filter(pk__in=[row.pk for row in good]).update(
            saved_at=self.now, person_id=F("person_key")
        )
        spoken = [row for row in self.rows if row.failed or "manager" in str(row.problems)]
        ImportRow.objects.bulk_update(spoken, ["failed", "problems", "waits"], batch_size=100)


def _current(person: Person, field: str) -> Any:
    value: Any = getattr(person, WRITTEN.get(field, field))
    if field in WRITTEN:
        return str(value) if value else None
    if isinstance(value, date):
        return value.isoformat()
    return value if field == "is_active" else value or ""


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
