"""E-mail addresses from a file or a box: who is found, unknown, or there already."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from sapwood.people.importing.decode import Lines
from sapwood.people.models import Person
from sapwood.spaces.models import Space

ADDRESS = re.compile(r"[^\s,;|<>\"'()\[\]]+@[^\s,;|<>\"'()\[\]]+\.[^\s,;|<>\"'()\[\]]+")
MOST = 5000
SLICE = 500


@dataclass(frozen=True)
class Listed:
    """`found` can come in; `unknown` are addresses of nobody here."""

    found: list[Person] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    there: list[Person] = field(default_factory=list)
    too_many: bool = False

    @property
    def addresses(self) -> str:
        """Those who can come in, for the form that adds them."""
        return "\n".join(person.email for person in self.found)


def addresses_in(text: str) -> list[str]:
    """Each address once, in order, folded to lower case; whatever stands around them is skipped."""
    found = (match.group().strip(".").lower() for match in ADDRESS.finditer(text))
    return list(dict.fromkeys(found))


def text_of(file: Any) -> str:
    """What a file says, in whichever encoding."""
    return "".join(Lines(BytesIO(file.read())))


def look_up(space: Space, text: str, *, by: Person) -> Listed:
    """Who stands behind the addresses of `text`.

    Nobody: closed accounts, and whom a block keeps apart from `by`, who is not to know of it.
    """
    wanted = addresses_in(text)
    addresses = wanted[:MOST]
    known: dict[str, Person] = {}
    for start in range(0, len(addresses), SLICE):
        part = Person.objects.active().apart_from(by)
        part = part.filter(email__in=addresses[start : start + SLICE])
        known |= {person.email.lower(): person for person in part.select_related("unit")}
    inside = set(space.audience.memberships.values_list("person", flat=True))
    people = [known[address] for address in addresses if address in known]
    return Listed(
        found=[person for person in people if person.pk not in inside],
        unknown=[address for address in addresses if address not in known],
        there=[person for person in people if person.pk in inside],
        too_many=len(wanted) > MOST,
    )
