"""The list of people as CSV that an import reads back, formula cells neutralised."""

from collections.abc import Iterator

from sapwood.people.desk.forms import unit_paths
from sapwood.people.models import Person
from sapwood.people.sheets import line

HEADERS = ("email", "name", "staff number", "job title", "unit", "site", "manager", "language",
           "joined on", "active")  # fmt: skip


def people_lines() -> Iterator[str]:
    """A header and one line a person, in the order of names, without erased ones."""
    paths = unit_paths()
    yield "\ufeff" + line(HEADERS)
    people = Person.objects.not_erased().order_by("folded", "pk").values_list(
        "email", "name", "staff_number", "job_title", "unit_id", "site", "manager__email",
        "language", "joined_on", "is_active",
    )  # fmt: skip
    for row in people.iterator(chunk_size=1000):
        cells = list(row)
        cells[4] = paths.get(cells[4], "")
        cells[9] = "yes" if cells[9] else "no"
        yield line(cells)
