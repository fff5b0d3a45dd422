"""Find people: by name, by what one can ask them, by unit or site."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from sapwood.core.pages import render
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.folding import fold, marked
from sapwood.people.models import Person

PAGE = 30
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Found:
    """One line of the list, with the matched words marked."""

    person: Person
    name: Pieces
    place: Pieces
    topics: list[Pieces]


def found(person: Person, terms: list[str]) -> Found:
    """How `person` stands in the list of a search for `terms`."""
    unit = person.unit.name if person.unit else ""
    place = ", ".join(part for part in (person.job_title, unit, person.site) if part)
    return Found(
        person=person,
        name=marked(person.name, terms),
        place=marked(place, terms),
        topics=[marked(topic, terms) for topic in person.topics],
    )


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """Colleagues from A to Z, never by activity."""
    me, words = request.user, request.GET.get("q", "").strip()[:100]
    near, team = "near" in request.GET and bool(me.site), "team" in request.GET and bool(me.unit_id)
    people = Person.objects.active().select_related("unit").matching(words)
    if near:
        people = people.filter(site=me.site)
    if team and me.unit:
        people = people.in_unit(me.unit)
    page = Paginator(people.order_by("folded", "pk"), PAGE).get_page(request.GET.get("page"))
    terms = fold(words).split()
    values = {
        "q": words,
        "near": near,
        "team": team,
        "page": page,
        "found": [found(person, terms) for person in page],
        "here": _address(words, near, team),
        "toggles": {
            "near": _address(words, not near, team),
            "team": _address(words, near, not team),
        },
    }
    return render(request, "people/directory.html", values, block="list")


def _address(words: str, near: bool, team: bool) -> str:
    """The list with these filters; ends so that a page number can follow."""
    chosen = [("q", words)] * bool(words) + [("near", "1")] * near + [("team", "1")] * team
    return f"{reverse('people_index')}?{urlencode([*chosen, ('page', '')])}"
