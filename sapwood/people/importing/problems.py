"""What can be wrong with a row or a file, and the sentence that says what to do."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# Row problems that do not stop the row from being saved.
WARNINGS = {
    "manager_waits", "manager_missed", "manager_left", "name_theirs", "email_waits",
    "stays_closed", "stays_open",
}  # fmt: skip

TEXTS: dict[str, Any] = {
    "line_too_long": _(
        "This line is longer than any row of people. Check it for missing line "
        "ends."
    ),
    "quote_open": _(
        "A quotation mark opens in this row and never closes. Close it or take "
        "it out."
    ),
    "too_many_cells": _(
        "The row has more cells than the header. "
        "Put quotation marks around text that holds “%(sign)s”."
    ),
    "too_few_cells": _(
        "The row has %(count)s cells and the header %(width)s. Add the missing cells; "
        "a cell may be empty, but it must be there."
    ),
    "email_erased": _("This person was erased. Take the row out."),
    "email_waits": _(
        "They have come in before: the new address waits until they confirm it. Until then "
        "letters and codes go to the present one."
    ),
    "active_unknown": _(
        "“%(words)s” says neither that the account is open nor closed. Write yes or no."
    ),
    "stays_closed": _(
        "The account stays closed. To open it, write yes in a column called “active”."
    ),
    "stays_open": _(
        "The account stays open. Close it on the person’s page, or leave the row out and tick "
        "that accounts not in the file are closed."
    ),
    "email_empty": _("The e-mail cell is empty. It is how we know a person."),
    "email_wrong": _("“%(words)s” is not an e-mail address. Write it as name@organisation."),
    "email_letter": _(
        "“%(letter)s” in this address is not a plain letter, though it may look like one. "
        "Type the address again."
    ),
    "email_taken": _(
        "This address belongs to %(name)s, who has another staff number. Correct one of the two."
    ),
    "name_empty": _("The name is missing. Write how colleagues call this person."),
    "name_theirs": _("The name stays as it is: this person wrote it."),
    "formula": _("The cell begins like a formula. Take the first sign out."),
    "too_long": _("The text is longer than %(limit)s letters. Shorten it."),
    "date_wrong": _("“%(words)s” is not a day. Write it as 2026-10-08."),
    "language_unknown": _("“%(words)s” is not a language of these pages. Write en or pt."),
    "duplicate_email": _("Row %(row)s has the same e-mail. Keep one of the two."),
    "duplicate_number": _("Row %(row)s has the same staff number. Keep one of the two."),
    "unit_unclear": _(
        "Several units are called “%(words)s”. Write the whole path, as in A / "
        "B / C."
    ),
    "unit_typo": _(
        "“%(words)s” is not a unit yet, and looks like “%(likely)s”. "
        "Correct it here, or add the unit first."
    ),
    "unit_typo_count": ngettext_lazy(
        "“%(words)s” is not a unit. %(count)s other row says “%(likely)s”.",
        "“%(words)s” is not a unit. %(count)s other rows say “%(likely)s”.",
        "count",
    ),
    "unit_deep": _("This path has more than 20 parts. Shorten it."),
    "manager_unknown": _(
        "%(words)s is nobody here. Write an e-mail or a staff number of the "
        "file."
    ),
    "manager_likely": _("%(words)s is nobody here. Did you mean %(likely)s?"),
    "manager_self": _("Nobody is their own manager. Leave the cell empty."),
    "manager_circle": _("This closes a circle: %(path)s. Correct one of these managers."),
    "manager_waits": _("Saved without the manager for now: row %(row)s, theirs, can't be saved."),
    "manager_missed": _(
        "Saved without the manager for now: they could not be saved. "
        "Import this row again once they are here."
    ),
    "manager_left": _(
        "%(name)s no longer works here, so the manager stays as it is."
    ),
    "unit_gone": _("The unit was deleted after the dry run. Compare again and apply."),
    "changed_meanwhile": _(
        "Someone changed this person after the dry run. Compare again and "
        "apply."
    ),
    "taken_meanwhile": _(
        "Someone added this address or staff number after the dry run. Compare "
        "again."
    ),
    "circle_meanwhile": _(
        "Someone changed a manager after the dry run, and this would close a "
        "circle."
    ),
    "only_administrator": _("This is the only administrator. Name another one first."),
    "gone_meanwhile": _("This person was erased after the dry run."),
    "not_stored": _("The database refused this row. Compare again and apply."),
    # What stopped a whole import
    "plan_broke": _(
        "Comparing stopped because of a fault here, not because of you. Nothing was saved. "
        "Press Compare to try again; if it stops again, show this page to whoever runs Sapwood."
    ),
    "saving_broke": _(
        "Saving stopped because of a fault here, not because of you. What is saved stays. Go on "
        "to try the rest again, or compare again; if it stops again, show this page to whoever "
        "runs Sapwood."
    ),
    # The file as a whole
    "empty": _("The file is empty."),
    "only_header": _("The file has a header and no rows."),
    "too_large": _("The file is larger than 50 MB. Split it."),
    "too_many_rows": _("The file has more than %(limit)s rows. Split it."),
    "too_many_columns": _("The file has %(count)s columns. Is it the right one?"),
    "one_column": _(
        "This does not look like a CSV of people: the first row has one cell only. "
        "Between cells stands a comma, a semicolon or a tab."
    ),
    "not_text": _("This is not a CSV file. In a spreadsheet, choose Save as, then CSV."),
}  # fmt: skip


def sentence(code: str, params: dict[str, Any] | None = None) -> str:
    """The words of a problem in the active language."""
    return str(TEXTS[code] % (params or {}))


def stops(problems: Sequence[Sequence[Any]]) -> bool:
    """True if any problem keeps the row from being saved."""
    return any(problem[1] not in WARNINGS for problem in problems)
