"""One row of cells to values, with what is wrong in each column."""

import re
import unicodedata
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from sapwood.core.seen import tidy
from sapwood.people.folding import fold
from sapwood.people.importing.limits import MAX_CELL
from sapwood.people.models.person import ERASED

LIMITS = {"email": 254, "name": 120, "staff_number": 64, "job_title": 120, "site": 120}
EMPTY = {"", "-", "--", "n/a", "na", "null", "none", "#n/a", "n.d.", "s/ info"}
LANGUAGES = {
    "en": "en", "eng": "en", "english": "en", "ingles": "en", "en-gb": "en", "en-us": "en",
    "pt": "pt", "por": "pt", "portuguese": "pt", "portugues": "pt", "pt-pt": "pt",
}  # fmt: skip
OPEN = {"yes", "y", "true", "1", "active", "open", "sim", "s", "ativo", "ativa", "aberta"}
CLOSED = {"no", "n", "false", "0", "inactive", "closed", "nao", "inativo", "inativa", "fechada"}
DAY_FIRST = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
DAY_LAST = re.compile(r"^(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?:[T ].*)?$")
ESCAPED = re.compile(r"^'(?=[=+\-@\t\r])")
Problem = list[Any]


def tidy_cell(cell: str) -> str:
    """A cell as a reader sees it, without what another program put before a formula."""
    text = ESCAPED.sub("", tidy(cell))
    return "" if text.lower() in EMPTY else text[:MAX_CELL]


def read_day(text: str) -> date | None:
    """A day written year first or day first; None when it is neither."""
    if match := DAY_LAST.match(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := DAY_FIRST.match(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def check_email(address: str) -> Problem | None:
    """What is wrong with a folded address; letters that only look plain are named."""
    if not address:
        return ["email", "email_empty", {}]
    odd = next((letter for letter in address if not letter.isascii()), "")
    if odd:
        name = unicodedata.name(odd, "?").title()
        return ["email", "email_letter", {"letter": f"{odd} ({name})"}]
    if address.endswith(ERASED):
        return ["email", "email_erased", {}]
    try:
        validate_email(address)
    except ValidationError:
        return ["email", "email_wrong", {"words": address[:80]}]
    return None


def read_row(cells: list[str], columns: dict[str, int]) -> tuple[dict[str, Any], list[Problem]]:
    """Values by field, for the matched columns only, and what is wrong with them."""
    values: dict[str, Any] = {
        key: tidy_cell(cells[column]) if column < len(cells) else ""
        for key, column in columns.items()
    }
    problems: list[Problem] = []
    values["email"] = values.get("email", "").removeprefix("mailto:").lower()
    if problem := check_email(values["email"]):
        problems.append(problem)
    parts = [values.pop("first_name", ""), values.pop("last_name", "")]
    values["name"] = values.get("name") or " ".join(filter(None, parts))
    if not values["name"]:
        problems.append(["name", "name_empty", {}])
    for key, text in values.items():
        if text[:1] in ("=", "@"):
            problems.append([key, "formula", {}])
        elif len(text) > LIMITS.get(key, MAX_CELL):
            problems.append([key, "too_long", {"limit": LIMITS[key]}])
    if text := values.get("language", ""):
        values["language"] = LANGUAGES.get(fold(text), "")
        if not values["language"]:
            problems.append(["language", "language_unknown", {"words": text[:40]}])
    if text := values.get("joined_on", ""):
        day = read_day(text)
        values["joined_on"] = day.isoformat() if day else ""
        if not day:
            problems.append(["joined_on", "date_wrong", {"words": text[:40]}])
    if text := values.get("is_active", ""):
        known = fold(text) in OPEN | CLOSED
        values["is_active"] = fold(text) in OPEN if known else ""
        if not known:
            problems.append(["is_active", "active_unknown", {"words": text[:40]}])
    return values, problems
