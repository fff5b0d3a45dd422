"""Imports of people: a run, and its rows from the file to the result."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import Limit, Policy
from sapwood.people.models.person import Person

KEPT = timedelta(days=30)


class RunState(models.TextChoices):
    """How far an import has come."""

    COLUMNS = "columns", _("Columns to match")
    PLANNING = "planning", _("Being compared")
    READY = "ready", _("Dry run")
    APPLYING = "applying", _("Being saved")
    HELD = "held", _("On hold")
    DONE = "done", _("Done")


class RowState(models.TextChoices):
    """What a row means, and what became of it."""

    WAITING = "waiting", _("Not compared")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Same")
    ERROR = "error", _("Not saved")
    MISSING = "missing", _("Not in the file")


class ImportRun(models.Model):
    """One file. The file itself is not kept: its rows are, until the run is forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    encoding = models.CharField(max_length=16)
    delimiter = models.CharField(max_length=1)
    headers = models.JSONField(default=list)
    # Field name → column number.
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.COLUMNS)
    created_at = models.DateTimeField(default=timezone.now)
    counts = models.JSONField(default=dict)
    new_units = models.JSONField(default=list)
    add_new = models.BooleanField(default=True)
    change_known = models.BooleanField(default=True)
    close_missing = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # Code of what stopped it by itself (importing/problems.py); empty while all is well.
    trouble = models.CharField(max_length=20, blank=True)

    privacy = Policy(
        title=_("Imports you ran"),
        purpose=_("So that a list of people can be checked before it is saved."),
        seen_by=_("Administrators"),
        retention=_("30 days."),
        limit=Limit(KEPT, "created_at"),
        export=("file_name", "created_at"),
        erase="anonymise",
        circle="desk",
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values), name="import_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_running(self) -> bool:
        """True while a worker is at it: the page asks again."""
        return self.state in {RunState.PLANNING, RunState.APPLYING}

    def count(self, state: str) -> int:
        """Rows in `state`, as counted when the file was compared."""
        return int(self.counts.get(state, 0))


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """Questions about rows."""

    def waiting(self, run: ImportRun) -> Self:
        """What is still to be saved, managers before the people they lead."""
        states = [RowState.NEW] * run.add_new + [RowState.CHANGED] * run.change_known
        states += [RowState.MISSING] * run.close_missing
        return self.filter(run=run, state__in=states, saved_at=None, failed=False).order_by(
            "depth", "number", "pk"
        )

    def failed_in(self, run: ImportRun) -> Self:
        """Rows that were not saved, or not wholly."""
        failed = models.Q(state=RowState.ERROR) | models.Q(failed=True) | models.Q(waits=True)
        return self.filter(failed, run=run)


class ImportRow(models.Model):
    """One row: cells as read, what would change, what is wrong and whether it was saved.

    `changes` maps a field to [old, new]; people and units stand in it as ids. `problems` are
    [column, code, parameters]: the words are made when somebody reads them, in their language.
    """

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=RowState.choices, default=RowState.WAITING)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    # The key a new person will get, so that others can name them as manager before they exist.
    person_key = models.UUIDField(null=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    manager_words = models.CharField(max_length=254, blank=True)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    depth = models.PositiveSmallIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)
    # Saved, or to be saved, without the manager whom the file names.
    waits = models.BooleanField(default=False)

    objects = ImportRowQuerySet.as_manager()

    privacy = Policy(
        title=_("Your row in an import"),
        purpose=_("So that an import can be checked before it is saved."),
        seen_by=_("Administrators"),
        retention=_("30 days."),
        limit=Limit(KEPT, "run__created_at"),
        export=("name", "email", "values"),
        circle="desk",
    )

    class Meta:
        ordering = ["number", "pk"]
        indexes = [
            models.Index(fields=["run", "state", "number"]),
            models.Index(fields=["email"]),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @classmethod
    def forget_mentions(cls, person: Person) -> None:
        """Takes out rows that name `person` by address, or name them as manager."""
        keys = [key.lower() for key in (person.email, person.staff_number) if key]
        cls.objects.filter(email=person.email).delete()
        for row in cls.objects.filter(manager_words__in=keys):
            row.forget_manager()

    def forget_manager(self) -> None:
        """Empties the manager of this row, wherever it stands."""
        gone = self.manager_words
        self.cells = [("" if str(cell).strip().lower() == gone else cell) for cell in self.cells]
        self.manager_words = ""
        self.problems = [p for p in self.problems if p[0] != "manager"]
        self.changes.pop("manager", None)
        self.values.pop("manager", None)
        self.save()

    def change(self, field: str) -> tuple[Any, Any] | None:
        """(old, new) of a field that changes, else None."""
        pair = self.changes.get(field)
        return (pair[0], pair[1]) if pair else None
