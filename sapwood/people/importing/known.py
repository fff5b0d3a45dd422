"""The people who are here already, as an import compares them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sapwood.people.models import Person, RoleGrant

COLUMNS = (
    "id", "email", "staff_number", "name", "job_title", "site", "unit_id", "manager_id", "language",
    "joined_on", "is_active", "named_self", "new_address__email",
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """One person as the database has them."""

    id: UUID
    email: str
    staff_number: str | None
    name: str
    job_title: str
    site: str
    unit_id: UUID | None
    manager_id: UUID | None
    language: str
    joined_on: Any
    is_active: bool
    named_self: bool
    waiting_address: str | None = None

    def value(self, field_name: str) -> Any:
        """A field as the change list keeps it: text, or an id as text, or None."""
        value = getattr(
            self, {"unit": "unit_id", "manager": "manager_id"}.get(field_name, field_name)
        )
        if field_name in ("unit", "manager"):
            return str(value) if value else None
        if field_name == "joined_on":
            return value.isoformat() if value else ""
        return value if field_name == "is_active" else value or ""


@dataclass
class Register:
    """Everybody, found by key, address or staff number."""

    people: dict[UUID, Known] = field(default_factory=dict)
    by_email: dict[str, UUID] = field(default_factory=dict)
    by_number: dict[str, UUID] = field(default_factory=dict)
    administrators: set[UUID] = field(default_factory=set)

    @classmethod
    def current(cls) -> "Register":
        """As the database has it; one pass."""
        register = cls()
        for row in (
            Person.objects.not_erased().order_by().values_list(*COLUMNS).iterator(chunk_size=2000)
        ):
            person = Known(*row)
            register.people[person.id] = person
            register.by_email[person.email] = person.id
            if person.staff_number:
                register.by_number[person.staff_number.lower()] = person.id
        for person in register.people.values():
            if person.waiting_address:
                register.by_email.setdefault(person.waiting_address, person.id)
        grants = RoleGrant.objects.filter(role="administrator")
        register.administrators = set(grants.values_list("person_id", flat=True))
        return register

    def email(self, address: str) -> Known | None:
        """Whose folded address this is."""
        key = self.by_email.get(address)
        return self.people[key] if key else None

    def number(self, number: str) -> Known | None:
        """Whose folded staff number this is."""
        key = self.by_number.get(number) if number else None
        return self.people[key] if key else None
