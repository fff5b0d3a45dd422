"""The dry run: what each row would do, and what stands in its way. Saves nothing but the plan."""

from collections import Counter
from uuid import UUID

from django.db import transaction

from sapwood.people.doors.addresses import who_must_confirm
from sapwood.people.importing.drafts import Draft, match_people
from sapwood.people.importing.known import Register
from sapwood.people.importing.managers import (
    find_managers,
    set_depths,
    settle_lines,
)
from sapwood.people.importing.rows import read_row
from sapwood.people.importing.units import UnitTree
from sapwood.people.models import ImportRow, ImportRun, RowState, RunState

BATCH = 1000
FROM_READING = {"line_too_long", "quote_open", "too_many_cells", "too_few_cells"}
PLANNED = ["state", "person", "person_key", "name", "email", "manager_words", "values", "changes",
           "problems", "depth", "saved_at", "failed", "waits"]  # fmt: skip


def plan_waiting(run_id: UUID | str) -> None:
    """Compares a run that waits for it. A fault sends it back to its columns, and is raised."""
    waiting = ImportRun.objects.filter(pk=run_id, state=RunState.PLANNING)
    try:
        for run in waiting:
            plan_run(run)
    except Exception:
        waiting.update(state=RunState.COLUMNS, trouble="plan_broke")
        raise


def plan_run(run: ImportRun) -> None:
    """Compares every row of `run` with who is here, and stores the outcome row by row."""
    register, tree = Register.current(), UnitTree.current()
    drafts = [_draft(row, run.columns) for row in run.rows.exclude(number=0).iterator(BATCH)]
    match_people(drafts, register)
    _note_addresses(drafts)
    _place(drafts, tree)
    find_managers(drafts, register)
    lines = settle_lines(drafts, register)
    set_depths(drafts, lines)
    tree.count(_units(drafts))
    with transaction.atomic():
        counts = _store(run, drafts)
        counts[RowState.MISSING] = _store_missing(run, drafts, register)
        counts |= _effects(drafts)
        run.counts, run.new_units, run.total = counts, tree.to_make(), len(drafts)
        run.state, run.done, run.trouble = RunState.READY, 0, ""
        run.save()


def _draft(row: ImportRow, columns: dict[str, int]) -> Draft:
    values, problems = read_row(row.cells, columns)
    kept = [problem for problem in row.problems if problem[1] in FROM_READING]
    draft = Draft(row.pk, row.number, values, kept or problems)
    if not kept:  # Cells of a row that was cut wrongly may stand under other headers.
        draft.unit_words = values.get("unit", "")
        draft.manager_words = values.get("manager", "").lower()
    return draft


def _note_addresses(drafts: list[Draft]) -> None:
    """Says whose new address waits until they confirm it."""
    moved = [d for d in drafts if d.person and not d.is_bad and d.values["email"] != d.person.email]
    asked = who_must_confirm(d.key for d in moved)
    for draft in moved:
        if draft.key in asked:
            draft.say("email", "email_waits")


def _place(drafts: list[Draft], tree: UnitTree) -> None:
    """Unit words to keys; slips of the pen are named."""
    for draft in drafts:
        if "unit" not in draft.values:
            continue
        draft.values["unit"] = None
        if draft.unit_words and not draft.is_bad:
            key, problem = tree.find(draft.unit_words)
            draft.values["unit"] = str(key) if key else None
            if problem:
                draft.problems.append(problem)
    tree.count(_units(drafts))
    slips = {str(key): slip for key in tree.nodes if (slip := tree.slip(key))}
    for draft in drafts:
        if not draft.is_bad and (slip := slips.get(draft.values.get("unit") or "")):
            draft.problems.append(slip)


def _units(drafts: list[Draft]) -> Counter[UUID]:
    named = Counter(draft.values.get("unit") for draft in drafts if not draft.is_bad)
    return Counter({UUID(key): rows for key, rows in named.items() if key})


def _store(run: ImportRun, drafts: list[Draft]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for start in range(0, len(drafts), BATCH):
        rows = [_row(run, draft) for draft in drafts[start : start + BATCH]]
        counts.update(row.state for row in rows)
        ImportRow.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=PLANNED
        )
    return dict(counts)


def _row(run: ImportRun, draft: Draft) -> ImportRow:
    changes = draft.changes()
    if draft.is_bad:
        state = RowState.ERROR
    elif draft.person is None:
        state = RowState.NEW
    else:
        state = RowState.CHANGED if changes else RowState.SAME
    return ImportRow(
        id=draft.pk, run=run, number=draft.number, state=state, changes=changes, depth=draft.depth,
        person_id=draft.person.id if draft.person else None, person_key=draft.key,
        name=draft.values["name"][:120], email=draft.values["email"][:254],
        manager_words=draft.manager_words[:254], values=draft.values, problems=draft.problems,
        waits=any(problem[1] == "manager_waits" for problem in draft.problems),
    )  # fmt: skip


def _store_missing(run: ImportRun, drafts: list[Draft], register: Register) -> int:
    """Active people whom the file does not name; administrators are never among them."""
    run.rows.filter(number=0).delete()
    named = {draft.person.id for draft in drafts if draft.person} | register.administrators
    missing = [p for p in register.people.values() if p.is_active and p.id not in named]
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                run=run, number=0, state=RowState.MISSING, person_id=p.id, person_key=p.id,
                name=p.name, email=p.email, changes={"is_active": [True, False]},
            )
            for p in missing
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return len(missing)


def _effects(drafts: list[Draft]) -> dict[str, int]:
    """How many managers gain or lose someone."""
    gain, lose = set(), set()
    for draft in drafts:
        pair = draft.changes().get("manager") if not draft.is_bad else None
        if pair:
            lose.add(pair[0])
            gain.add(pair[1])
    return {"gain": len(gain - {None}), "lose": len(lose - {None})}
