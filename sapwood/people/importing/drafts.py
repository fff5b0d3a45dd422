"""A row on its way to a plan: who it is about, and what would become of them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sapwood.core.ids import uuid7
from sapwood.people.importing.known import Known, Register
from sapwood.people.importing.problems import stops
from sapwood.people.importing.rows import Problem

COMPARED = ("email", "staff_number", "name", "job_title", "site", "unit", "manager", "language",
            "joined_on", "is_active")  # fmt: skip


@dataclass(slots=True)
class Draft:
    """One row while the file is compared."""

    pk: int
    number: int
    values: dict[str, Any]
    problems: list[Problem]
    person: Known | None = None
    key: UUID = field(default_factory=uuid7)
    unit_words: str = ""
    manager_words: str = ""
    depth: int = 0

    @property
    def is_bad(self) -> bool:
        """True if the row cannot be saved."""
        return bool(self.problems) and stops(self.problems)

    @property
    def number_key(self) -> str:
        """Staff number as it is compared."""
        return str(self.values.get("staff_number", "")).lower()

    def say(self, column: str, code: str, **params: Any) -> None:
        """Notes a problem."""
        self.problems.append([column, code, params])

    def changes(self) -> dict[str, list[Any]]:
        """Field → [old, new] for what differs; a new person's old values are empty."""
        person = self.person
        changed: dict[str, list[Any]] = {}
        for name in COMPARED:
            if name not in self.values:
                continue
            old = (
                person.value(name) if person else ("" if name not in ("unit", "manager") else None)
            )
            new = self.values[name]
            if name in ("language", "joined_on", "staff_number") and not new:
                continue
            if name == "is_active" and (new == "" or not self._opens_or_begins_closed(new)):
                continue
            if name == "email" and person and new == person.waiting_address:
                continue
            if old != new:
                changed[name] = [old, new]
        return changed

    def _opens_or_begins_closed(self, is_open: bool) -> bool:
        """A file opens an account only by saying so, and closes none that is open."""
        return is_open if self.person else not is_open

    def note_account(self) -> None:
        """Says what the file leaves as it is."""
        wanted = self.values.get("is_active", "")
        if self.person and not self.person.is_active and wanted == "":
            self.say("is_active", "stays_closed")
        elif self.person and self.person.is_active and wanted is False:
            self.say("is_active", "stays_open")

    @property
    def leaves_closed(self) -> bool:
        """True for somebody whose account would be closed once this row is saved."""
        wanted = self.values.get("is_active", "")
        return wanted is False if self.person is None else not (self.person.is_active or wanted)


def match_people(drafts: list[Draft], register: Register) -> None:
    """Finds who each row is about: by staff number, then by address. Names clashes."""
    emails: dict[str, Draft] = {}
    numbers: dict[str, Draft] = {}
    for draft in drafts:
        email, number = draft.values["email"], draft.number_key
        if number and (first := numbers.get(number)):
            draft.say("staff_number", "duplicate_number", row=first.number)
        if email and (first := emails.get(email)):
            draft.say("email", "duplicate_email", row=first.number)
        by_number = register.number(number)
        by_email = register.email(email)
        if by_email and by_email is not by_number and _is_another(by_email, by_number, number):
            draft.say("email", "email_taken", name=by_email.name)
        draft.person = by_number or by_email
        if draft.person:
            draft.key = draft.person.id
            if draft.person.named_self and draft.values["name"] != draft.person.name:
                draft.say("name", "name_theirs")
                draft.values["name"] = draft.person.name
        draft.note_account()
        if not draft.is_bad:
            emails.setdefault(email, draft)
            if number:
                numbers.setdefault(number, draft)


def _is_another(by_email: Known, by_number: Known | None, number: str) -> bool:
    """True if the owner of an address can't be the person of this row."""
    if by_number:
        return True
    return bool(number and by_email.staff_number and by_email.staff_number.lower() != number)
