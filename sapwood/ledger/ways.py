"""The forty ways of learning, the four rings that hold them, and what learning is for."""

from collections.abc import Iterator
from enum import IntFlag
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).parent / "data"


def read_data(name: str) -> dict[str, Any]:
    """A YAML file of this app, as plain data."""
    text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, yaml.CSafeLoader))


def in_portuguese() -> bool:
    """True if the active language is Portuguese; any other reads English."""
    return (get_language() or "en").startswith("pt")


class Form(TextChoices):
    """Formal, non-formal, informal (see the glossary)."""

    FORMAL = "formal", _("Formal")
    NON_FORMAL = "non_formal", _("Non-formal")
    INFORMAL = "informal", _("Informal")


class Place(TextChoices):
    """Inside or outside the organisation."""

    INSIDE = "inside", _("Inside the organisation")
    OUTSIDE = "outside", _("Outside")
    EITHER = "either", _("Either")


class Objective(IntFlag):
    """What a moment serves, by the four aims of lifelong learning; one can serve several."""

    PERSONAL_FULFILMENT = 1
    ACTIVE_CITIZENSHIP = 2
    SOCIAL_INCLUSION = 4
    EMPLOYABILITY = 8

    @property
    def label(self) -> str:
        """The words on screen, of one aim or of several."""
        return ", ".join(str(_OBJECTIVES[aim]) for aim in OBJECTIVES if aim in self)


_OBJECTIVES: dict[Objective, Promise] = {
    Objective.EMPLOYABILITY: _("Doing my job well"),
    Objective.PERSONAL_FULFILMENT: _("Personal fulfilment"),
    Objective.ACTIVE_CITIZENSHIP: _("Active citizenship"),
    Objective.SOCIAL_INCLUSION: _("Social inclusion"),
}
OBJECTIVES = tuple(_OBJECTIVES)


class Ring(NamedTuple):
    """One of the four rings: its number, name, what it holds, and a word for narrow columns."""

    number: int
    name: Promise
    holds: Promise
    short: Promise


RINGS = (
    Ring(0, _("Formal training"), _("Courses and e-learning, at the core"), _("Formal")),
    Ring(
        1,
        _("Resources and challenges"),
        _("Videos, articles, podcasts, challenges"),
        _("Resources"),
    ),
    Ring(
        2,
        _("With other people"),
        _("Discussions, events, communities, workshops"),
        _("Together"),
    ),
    Ring(
        3,
        _("Daily work and your own path"),
        _("Journal, mentoring, working out loud, stretch assignments"),
        _("Daily work"),
    ),
)


class Way(msgspec.Struct, frozen=True):
    """One way: its ring, its usual form, place and length, and how statistics class it.

    `cvts`, `cla`, `litw12`, `aes` and `pt40` are codes of the surveys and laws they are named
    after; `verb` and `activity_type` are the xAPI terms.
    """

    id: str
    ring: int
    initiative: str
    form: str
    place: str
    cvts: str
    cla: str
    direction: str
    default_minutes: int
    verb: str
    activity_type: str
    litw12: str
    aes: str
    pt40: str
    name_en: str = msgspec.field(name="en")
    name_pt: str = msgspec.field(name="pt")
    hint_en: str
    hint_pt: str

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.name_pt if in_portuguese() else self.name_en

    @property
    def hint(self) -> str:
        """One line that helps to recognise it, in the active language."""
        return self.hint_pt if in_portuguese() else self.hint_en


WAYS: dict[str, Way] = {
    way.id: way for way in msgspec.convert(read_data("ways")["ways"], list[Way])
}


def ways_in_ring(number: int) -> tuple[Way, ...]:
    """The ways of one ring in the order of the list."""
    return tuple(way for way in WAYS.values() if way.ring == number)


def ways_by_ring() -> Iterator[tuple[Ring, tuple[Way, ...]]]:
    """All forty under their rings, the living edge first."""
    for ring in reversed(RINGS):
        yield ring, ways_in_ring(ring.number)


def decide_form(
    way: Way,
    intended: bool = True,
    organised: bool | None = None,
    qualification: bool | None = None,
) -> Form:
    """Formal, non-formal or informal, from three plain questions (CLA 2016).

    Did you mean to learn? Did an institution or a plan organise it? Does it lead to a recognised
    qualification? An answer left out is the way's own. What nobody meant to learn is incidental:
    informal, and left out of statistics through the moment's `intended`.
    """
    if organised is None:
        organised = way.form != Form.INFORMAL
    if qualification is None:
        qualification = way.form == Form.FORMAL
    if not intended or not organised:
        return Form.INFORMAL
    return Form.FORMAL if qualification else Form.NON_FORMAL
