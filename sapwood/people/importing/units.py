"""Units named in a file: found, made along their path, or recognised as a slip of the pen."""

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from sapwood.core.ids import uuid7
from sapwood.people.folding import fold
from sapwood.people.importing.rows import Problem
from sapwood.people.models import Unit

PARTS = re.compile(r"\s*[/>»|\\]\s*")
DIGITS = re.compile(r"\d+")
MAX_DEPTH = 20
LIKE = 0.85
FEW = 2


@dataclass(slots=True)
class Node:
    """A unit that exists or would be made."""

    key: UUID
    name: str
    parent: UUID | None
    is_new: bool
    rows: int = 0
    # Named in the file by one word, without a path: it may be a slip for a unit anywhere.
    alone: bool = False


@dataclass
class UnitTree:
    """The units of the organisation and those that the file adds."""

    nodes: dict[UUID, Node] = field(default_factory=dict)
    children: dict[tuple[UUID | None, str], UUID] = field(default_factory=dict)
    by_name: dict[str, list[UUID]] = field(default_factory=dict)

    @classmethod
    def current(cls) -> "UnitTree":
        """As the database has it."""
        tree = cls()
        for key, name, parent in Unit.objects.order_by("path").values_list("id", "name", "parent"):
            tree.add(Node(key, name, parent, is_new=False))
        return tree

    def add(self, node: Node) -> UUID:
        """Keeps a node where it can be found by path and by name."""
        folded = fold(node.name)
        self.nodes[node.key] = node
        self.children[node.parent, folded] = node.key
        self.by_name.setdefault(folded, []).append(node.key)
        return node.key

    def path(self, key: UUID | str | None) -> list[str]:
        """Names from the root."""
        names: list[str] = []
        node = self.nodes.get(UUID(str(key))) if key else None
        while node:
            names.insert(0, node.name)
            node = self.nodes.get(node.parent) if node.parent else None
        return names

    def find(self, words: str) -> tuple[UUID | None, Problem | None]:
        """The unit that `words` name, a path or a single name; made in memory when it is new."""
        known = [key for key in self.by_name.get(fold(words), []) if not self.nodes[key].is_new]
        if len(known) == 1:
            return known[0], None
        parts = [part[:120] for part in PARTS.split(words) if part]
        if len(parts) > MAX_DEPTH:
            return None, ["unit", "unit_deep", {}]
        if len(parts) == 1 and len(known) > 1 and (None, fold(words)) not in self.children:
            return None, ["unit", "unit_unclear", {"words": words[:80]}]
        key = self._walk(parts)
        if key and len(parts) == 1:
            self.nodes[key].alone = True
        return key, None

    def _walk(self, parts: list[str]) -> UUID | None:
        parent = self._home(parts)
        for part in parts:
            here = self.children.get((parent, fold(part)))
            parent = here or self.add(Node(uuid7(), part, parent, is_new=True))
        return parent

    def _home(self, parts: list[str]) -> UUID | None:
        """Where a path begins: at the top, or under the only root when it leaves the root out."""
        roots = [n.key for n in self.nodes.values() if n.parent is None and not n.is_new]
        if not parts or (None, fold(parts[0])) in self.children or len(roots) != 1:
            return None
        is_there = (roots[0], fold(parts[0])) in self.children
        return roots[0] if is_there or len(parts) == 1 else None

    def slip(self, key: UUID) -> Problem | None:
        """What to say when a new unit of very few rows looks like another one beside it."""
        node = self.nodes[key]
        if not node.is_new or node.rows > FEW:
            return None
        for other in self.nodes.values():
            if other.key == key or not (node.alone or other.parent == node.parent):
                continue
            if (not other.is_new or other.rows >= 5 * node.rows) and _alike(node.name, other.name):
                words = {"words": node.name, "likely": other.name, "count": other.rows}
                return ["unit", "unit_typo_count" if other.rows > FEW else "unit_typo", words]
        return None

    def count(self, keys: Counter[UUID]) -> None:
        """Notes how many rows name each unit or one under it."""
        for each in self.nodes.values():
            each.rows = 0
        for key, rows in keys.items():
            node = self.nodes.get(key)
            while node:
                node.rows += rows
                node = self.nodes.get(node.parent) if node.parent else None

    def to_make(self) -> list[dict[str, Any]]:
        """New units that rows need, parents first, as {id, name, parent, path}."""
        wanted = [node for node in self.nodes.values() if node.is_new and node.rows]
        return [
            {
                "id": str(node.key),
                "name": node.name,
                "parent": str(node.parent) if node.parent else None,
                "path": " / ".join(self.path(node.key)),
            }
            for node in wanted
        ]


def _alike(one: str, other: str) -> bool:
    one, other = fold(one), fold(other)
    if DIGITS.findall(one) != DIGITS.findall(other) or abs(len(one) - len(other)) > 3:
        return False
    return min(len(one), len(other)) > 3 and SequenceMatcher(None, one, other).ratio() >= LIKE


def make_units(wanted: list[dict[str, Any]]) -> dict[str, UUID]:
    """Makes the units of a run that do not exist yet; planned id → the unit's id."""
    real: dict[str, UUID] = {}
    if not wanted:
        return real
    tree = UnitTree.current()
    for plan in wanted:
        parent = real.get(plan["parent"] or "") or (
            UUID(plan["parent"]) if plan["parent"] else None
        )
        if parent and parent not in tree.nodes:
            continue  # Deleted after the dry run: rows that name it are refused one by one.
        key = tree.children.get((parent, fold(plan["name"])))
        if key is None:
            unit = Unit(id=UUID(plan["id"]), name=plan["name"])
            unit.parent = Unit.objects.get(pk=parent) if parent else None
            unit.save(force_insert=True)
            key = tree.add(Node(unit.pk, unit.name, parent, is_new=False))
        real[plan["id"]] = key
    return real
