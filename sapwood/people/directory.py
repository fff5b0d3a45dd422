"""Find people: by what one can ask them, by name, unit, site or language; nobody is ranked."""

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from sapwood.core.formats import number
from sapwood.core.pages import render
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.folding import fold, marked
from sapwood.people.looking import Looking, tongue_chips
from sapwood.people.models import Person
from sapwood.people.near import near_words
from sapwood.people.profile.forms import DAYS
from sapwood.people.profile.page import glimpse

TOPICS = 6
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Found:
    """One line of the list, with the matched words marked."""

    person: Person
    name: Pieces
    place: Pieces
    topics: list[Pieces]
    about: str


def found(person: Person, terms: list[str], me: Person) -> Found:
    """How `person` stands in the list of a search for `terms`: what matched comes along."""
    unit = person.unit.name if person.unit else ""
    place = ", ".join(part for part in (person.job_title, unit, person.site) if part)
    topics = [marked(topic, terms) for topic in person.topics]
    late = [each for each in topics[TOPICS:] if any(hit for _words, hit in each)]
    about = []
    if person.unit_id and person.unit_id == me.unit_id and person.pk != me.pk:
        about.append(_("In your unit"))
    if person.speaks:
        about.append(_("Speaks %(languages)s") % {"languages": person.speaks})
    return Found(
        person=person,
        name=marked(person.name, terms),
        place=marked(place, terms),
        topics=topics[:TOPICS] + late,
        about=" · ".join(about),
    )


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """Colleagues who fit the question, and the page of the first beside the list."""
    me = request.user
    looking = Looking.read(request.GET, me)
    total, saying = looking.count(me)
    page = looking.page(me, request.GET.get("page"), total)
    rows = list(page)
    first = None if looking.is_open or not rows else rows[0]
    values = {
        "q": looking.words,
        "looking": looking,
        "page": page,
        "found": [found(person, terms_of(looking), me) for person in rows],
        "heading": heading(looking, total, saying),
        "also": saying if 0 < saying < total else 0,
        "beside": glimpse(first, me) if first else None,
        "days": DAYS,
        "chips": chips(looking, me),
        "here": looking.address(),
    }
    return render(request, "people/directory.html", values, block="list")


def terms_of(looking: Looking) -> list[str]:
    """What is marked in the lines: the words as they were typed, and without their plural."""
    words = looking.words or (looking.skill.name if looking.skill else "")
    typed = fold(words).split()
    return typed + [form for form in near_words(words) if any(t.startswith(form) for t in typed)]


def heading(looking: Looking, total: int, saying: int) -> str:
    """How many, and whether all of them say that one can ask them."""
    words = looking.words or (looking.skill.name if looking.skill else "")
    given = {"num": number(total), "words": words}
    if total and saying == total:
        return ngettext(
            "%(num)s person says “ask me about %(words)s”",
            "%(num)s people say “ask me about %(words)s”",
            total,
        ) % given  # fmt: skip
    if words:
        return ngettext(
            "%(num)s person for “%(words)s”", "%(num)s people for “%(words)s”", total
        ) % given  # fmt: skip
    return ngettext("%(num)s colleague", "%(num)s colleagues", total) % given


def chips(looking: Looking, me: Person) -> list[tuple[str, str, bool]]:
    """(words, address, is on): the tag asked for, one's site, a unit, languages."""
    rows = []
    if looking.skill:
        rows.append((looking.skill.name, replace(looking, skill=None).address(), True))
    if me.site:
        words = _("Near me, %(place)s") % {"place": me.site}
        rows.append((words, replace(looking, near=not looking.near).address(), looking.near))
    if looking.unit and looking.unit.pk != me.unit_id:
        rows.append((looking.unit.name, replace(looking, unit=None).address(), True))
    if me.unit:
        on = bool(looking.unit and looking.unit.pk == me.unit_id)
        to = replace(looking, unit=None if on else me.unit)
        rows.append((_("In my unit"), to.address(), on))
    for name, address, on in tongue_chips(looking, me):
        rows.append((_("Speaks %(languages)s") % {"languages": name}, address, on))
    return rows
