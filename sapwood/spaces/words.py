"""A group in words: what it is and who reads it, what a change means, how many it is."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sapwood.core.formats import FILTERS, number
from sapwood.people.models import Organisation
from sapwood.spaces.models import Kind, Openness, Space


def kind_line(space: Space) -> str:
    """The line over the name: what sort of group, and for whom."""
    if space.kind == Kind.TEAM:
        return _("Team, its people follow the reporting line")
    if space.kind == Kind.CIRCLE:
        line = _("Circle, by invitation")
    elif space.kind == Kind.COHORT:
        line = _("Cohort, for those who take part")
    else:
        line = _of_community(space)
    if space.ends_on:
        day = FILTERS["daymonth"](space.ends_on)
        return _("%(line)s, until %(day)s") % {"line": line, "day": day}
    return line


def _of_community(space: Space) -> str:
    lines = {
        Openness.OPEN: _("Community, open to everyone at %(name)s"),
        Openness.REQUEST: _("Community, its stewards let people in"),
        Openness.CLOSED: _("Community, by invitation"),
        Openness.HIDDEN: _("Community, only its members know of it"),
    }
    line = lines[Openness(space.openness)]
    return line % {"name": Organisation.current().name} if "%(" in line else line


def consequence(openness: str) -> str:
    """Who sees what with this choice, as one sentence."""
    told = {
        Openness.OPEN: _("Everyone reads all of it and joins in one tap. Members write."),
        Openness.REQUEST: _(
            "Everyone sees that it exists, its name and how many you are. Members read and write;"
            " a steward lets people in."
        ),
        Openness.CLOSED: _(
            "Everyone sees that it exists, its name and how many you are. Members read and write;"
            " stewards invite."
        ),
        Openness.HIDDEN: _("Only members know that it exists. Stewards invite."),
    }
    return told[Openness(openness)]


def choices(kind: str) -> list[tuple[str, str, str]]:
    """Each openness that a kind may have, with its consequence."""
    return [
        (each.value, str(each.label), consequence(each))
        for each in Openness
        if kind == Kind.COMMUNITY or each != Openness.OPEN
    ]


def how_many(people: int, sites: int = 0) -> str:
    """ "64 people, 5 sites"; one site needs no mention."""
    said = ngettext("%(n)s person", "%(n)s people", people) % {"n": number(people)}
    if sites < 2:
        return said
    places = ngettext("%(n)s site", "%(n)s sites", sites) % {"n": number(sites)}
    return f"{said}, {places}"


def names(people: list[Any]) -> str:
    """First names in one line: "Tomás and Lena"."""
    first = [person.first_name for person in people]
    if len(first) < 2:
        return "".join(first)
    several = {"names": ", ".join(first[:-1]), "last": first[-1]}
    return _("%(names)s and %(last)s") % several


STAGE_HINTS = {
    "potential": lambda: _(
        "You are looking for each other. Ask three people what they would bring, and begin with"
        " one question they all have."
    ),
    "coalescing": lambda: _(
        "You are finding out what this is good for. A small thing every week does more than a"
        " large one a year: set up a ritual."
    ),
    "maturing": lambda: _(
        "More people come than you know. Write down what you know so far, and ask two members to"
        " help to look after the place."
    ),
    "stewardship": lambda: _(
        "It stands by itself. Let somebody else lead the ritual, and take out what is no longer"
        " true."
    ),
    "transformation": lambda: _(
        "It is turning into something else, or has done what it was for. Say so in the open, keep"
        " what was learned, and put it away when you are ready."
    ),
}


def stage_hint(space: Space) -> str:
    """What helps in the stage that its steward chose; for stewards alone."""
    hint = STAGE_HINTS.get(space.stage)
    return hint() if hint else ""
