"""Who leads whom in a file: found before they appear, kept free of circles, led before leading."""

from difflib import get_close_matches
from uuid import UUID

from sapwood.people.importing.drafts import Draft
from sapwood.people.importing.known import Register

GUESSES = 25
PATH_SHOWN = 8


def find_managers(drafts: list[Draft], register: Register) -> None:
    """Turns the manager words of every row into a key, in `values["manager"]`."""
    rows_by_email: dict[str, Draft] = {}
    rows_by_number: dict[str, Draft] = {}
    for draft in drafts:
        for index, key in (
            (rows_by_email, draft.values["email"]),
            (rows_by_number, draft.number_key),
        ):
            if key and (key not in index or (index[key].is_bad and not draft.is_bad)):
                index[key] = draft
    guesses = GUESSES
    for draft in drafts:
        if "manager" not in draft.values:
            continue
        words = draft.manager_words
        draft.values["manager"] = None
        if not words:
            continue
        row = rows_by_email.get(words) or rows_by_number.get(words)
        key = register.by_email.get(words) or register.by_number.get(words)
        if row and (row.person or not row.is_bad):
            _lead(draft, row.key, register, row)
        elif key:
            _lead(draft, key, register, None)
        elif row:
            _wait(draft, row)
        else:
            likely = _likely(words, rows_by_email, register) if guesses > 0 else ""
            guesses -= 1
            code = "manager_likely" if likely else "manager_unknown"
            draft.say("manager", code, words=words[:80], likely=likely)


def _wait(draft: Draft, row: Draft) -> None:
    """Without the manager whom the file names for now; one they have already stays."""
    draft.say("manager", "manager_waits", row=row.number)
    del draft.values["manager"]


def _lead(draft: Draft, key: UUID, register: Register, row: Draft | None) -> None:
    if key == draft.key:
        draft.say("manager", "manager_self")
        return
    person = register.people.get(key)
    left = row.leaves_closed if row and not row.is_bad else person and not person.is_active
    if left:
        if draft.person is None or draft.person.manager_id != key:
            name = row.values["name"] if row else register.people[key].name
            draft.say("manager", "manager_left", name=name)
        del draft.values["manager"]
        return
    draft.values["manager"] = str(key)


def _likely(words: str, rows: dict[str, Draft], register: Register) -> str:
    near = [
        e
        for e in {*rows, *register.by_email}
        if e[:1] == words[:1] and abs(len(e) - len(words)) < 3
    ]
    found = get_close_matches(words, near[:5000], n=1, cutoff=0.86)
    return found[0] if found else ""


def current_lines(drafts: list[Draft], register: Register) -> dict[UUID, UUID | None]:
    """Person → manager as it would be after the import."""
    lines = {key: person.manager_id for key, person in register.people.items()}
    for draft in drafts:
        if not draft.is_bad:
            if "manager" in draft.values:
                manager = draft.values["manager"]
                lines[draft.key] = UUID(manager) if manager else None
            else:
                lines.setdefault(draft.key, None)
    return lines


def refuse_circles(drafts: list[Draft], register: Register) -> dict[UUID, UUID | None]:
    """Marks every row that closes a circle, with the path; returns the lines that remain."""
    by_key = {draft.key: draft for draft in drafts if not draft.is_bad}
    while True:
        lines = current_lines(drafts, register)
        circles = find_circles(lines)
        guilty = 0
        for circle in circles:
            names = [_name(key, by_key, register) for key in (*circle, circle[0])]
            if len(names) > PATH_SHOWN:
                names = [*names[: PATH_SHOWN - 2], "…", names[-1]]
            for key in circle:
                draft = by_key.get(key)
                if draft and not draft.is_bad and draft.values.get("manager"):
                    draft.say("manager", "manager_circle", path=" → ".join(names))
                    guilty += 1
        if not guilty:
            return lines


def _name(key: UUID, by_key: dict[UUID, Draft], register: Register) -> str:
    draft = by_key.get(key)
    return draft.values["name"] if draft else register.people[key].name


def find_circles(lines: dict[UUID, UUID | None]) -> list[list[UUID]]:
    """Every circle once, as the keys on it; linear in the number of people."""
    done: set[UUID] = set()
    circles = []
    for start in lines:
        path: list[UUID] = []
        place: dict[UUID, int] = {}
        here: UUID | None = start
        while here is not None and here not in done and here not in place:
            place[here] = len(path)
            path.append(here)
            here = lines.get(here)
        if here is not None and here in place:
            circles.append(path[place[here] :])
        done.update(path)
    return circles


def settle_lines(drafts: list[Draft], register: Register) -> dict[UUID, UUID | None]:
    """Person → manager, free of circles and of managers who won't be there."""
    while True:
        lines = refuse_circles(drafts, register)
        if not _wait_for_managers(drafts):
            return lines


def _wait_for_managers(drafts: list[Draft]) -> bool:
    """People of a new manager whose own row failed later wait for them; True if there are any."""
    found = False
    failed = {draft.key: draft for draft in drafts if draft.is_bad and not draft.person}
    for draft in drafts:
        manager = draft.values.get("manager")
        if not draft.is_bad and manager and (row := failed.get(UUID(manager))):
            _wait(draft, row)
            found = True
    return found


def set_depths(drafts: list[Draft], lines: dict[UUID, UUID | None]) -> None:
    """0 at the top: saving in this order, a manager is always there before their people."""
    depths: dict[UUID, int] = {}
    for draft in drafts:
        path: list[UUID] = []
        here: UUID | None = draft.key
        while here is not None and here not in depths:
            path.append(here)
            here = lines.get(here)
        depth = depths[here] + 1 if here is not None else 0
        for key in reversed(path):
            depths[key] = depth
            depth += 1
        draft.depth = min(depths[draft.key], 32_000)
