"""Units: the tree of teams and departments."""

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.people.folding import fold


class UnitQuerySet(models.QuerySet["Unit"]):
    """Questions about units."""

    def within(self, unit: "Unit") -> Self:
        """The unit and everything under it."""
        return self.filter(path__startswith=unit.path)

    def bulk_create(  # type: ignore[override]
        self, objs: Iterable["Unit"], *args: Any, **kwargs: Any
    ) -> list["Unit"]:
        """Keeps the text that searches compare in step."""
        units = list(objs)
        for unit in units:
            unit.folded = fold(unit.name)[:200]
        return super().bulk_create(units, *args, **kwargs)  # type: ignore[arg-type, return-value]


class Unit(models.Model):
    """One node; `path` holds the ids from the root, so a subtree is one prefix."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=1000, editable=False, db_index=True)
    folded = models.CharField(max_length=200, blank=True, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("parent", Lower("name"), name="unit_name_once_per_parent"),
            models.UniqueConstraint(
                Lower("name"), condition=models.Q(parent=None), name="unit_name_once_at_top"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keeps `path` in step with the parent, and the paths below in step with this one."""
        before = self.path
        self.folded = fold(self.name)[:200]
        self.path = f"{self.parent.path if self.parent else '/'}{self.id.hex}/"
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        if before and before != self.path:
            for child in self.children.all():
                child.parent = self
                child.save()

    @property
    def ancestry(self) -> list[UUID]:
        """Ids from the root to this unit."""
        return [UUID(part) for part in self.path.strip("/").split("/")]

    def is_under(self, other: "Unit") -> bool:
        """True if `other` is this unit or stands above it."""
        return self.path.startswith(other.path)
