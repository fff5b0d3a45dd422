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
            _lead(draft, row.key, register, in_file=True)
        elif key:
            _lead(draft, key, register, in_file=False)
        elif row:
            draft.say("manager", "manager_waits", row=row.number)
        else:
            likely = _likely(words, rows_by_email, register) if guesses > 0 else ""
            guesses -= 1
            code = "manager_likely" if likely else "manager_unknown"
            draft.say("manager", code, words=words[:80], likely=likely)


def _lead(draft: Draft, key: UUID, register: Register, *, in_file: bool) -> None:
    if key == draft.key:
        draft.say("manager", "manager_self")
        return
    person = register.people.get(key)
    if person and not person.is_active and not in_file:
        draft.say("manager", "manager_left", name=person.name)
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


def wait_for_managers(drafts: list[Draft], lines: dict[UUID, UUID | None]) -> None:
    """A new manager whose own row failed later: their people are saved without them for now."""
    failed = {draft.key: draft for draft in drafts if draft.is_bad and not draft.person}
    for draft in drafts:
        manager = draft.values.get("manager")
        if not draft.is_bad and manager and (row := failed.get(UUID(manager))):
            draft.say("manager", "manager_waits", row=row.number)
            draft.values["manager"] = None
            lines[draft.key] = None


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
