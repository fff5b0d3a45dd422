"""Explore: a question, a search, a mixed wall of what helps, what groups said, people to ask."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from sapwood.activities.catalogue import SORTS, Asked, Shelf, kind_chips, look_for
from sapwood.activities.models import Activity, Participation
from sapwood.activities.registry import Look
from sapwood.activities.search.explaining import Pieces, marked, snippet
from sapwood.core.pages import readable_offline, render
from sapwood.core.prepared import Prepared
from sapwood.home.said import said_in_groups
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person

A_PAGE = 18
SOME_PEOPLE = 3
PEOPLE = "people"
BEST = "best"


@dataclass(frozen=True)
class Hit:
    """One activity on the wall, with why it is there."""

    activity: Activity
    look: Look
    title: Pieces
    why: Pieces
    state: str
    wide: str = ""


class Counted(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, *args: Any, total: int) -> None:
        super().__init__(*args)
        self.count = total


@require_GET
def explore(request: PersonRequest) -> HttpResponse:
    """The page, or its results alone when htmx asks."""
    person: Person = request.user
    asked = Asked.read(request.GET)
    of_people = asked.kind == PEOPLE
    shelf = look_for(Asked(q=asked.q) if of_people else asked, person)
    people = people_for(asked.q, person, every=of_people)
    few = [] if of_people else list(people[:SOME_PEOPLE])
    on_all = not (asked.kind or asked.is_narrowed) and request.GET.get("page", "1") == "1"
    said = said_in_groups(asked.q, person) if on_all else []
    rows = people if of_people else shelf.activities.for_cards(search=bool(asked.q))
    pages = Paginator(rows, A_PAGE) if of_people else Counted(rows, A_PAGE, total=shelf.total)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "shelf": shelf,
        "page": page,
        "hits": [] if of_people else hits(page, shelf, person),
        "people": page if of_people else few if page.number == 1 else [],
        "of_people": of_people,
        "said": said,
        "heading": heading(asked, page.paginator.count, bool(few), bool(said)),
        "chips": chips(asked, shelf),
        "sorts": list(SORTS.items()),
        "page_url": page_url(request),
        "clear_url": clear_url(asked),
    }
    return readable_offline(render(request, "home/explore.html", context, block="found"))


def people_for(q: str, person: Person, *, every: bool) -> Any:
    """Colleagues whose name, work or "ask me about" has these words; all of them on their tab."""
    seen = Person.objects.visible_to(person).apart_from(person).exclude(pk=person.pk)
    seen = seen.select_related("unit")
    if q:
        return seen.matching(q).order_by("name", "pk")
    return seen.order_by("name", "pk") if every else seen.none()


_mine = Prepared(
    lambda _many, person, **shown: Participation.objects.filter(
        person=person, activity__in=list(shown.values())
    ).values_list("activity", "state")
)


def hits(page: "Page[Activity]", shelf: Shelf, person: Person) -> list[Hit]:
    """The cards of one page: what matched is marked, what the person began says so."""
    states = dict(_mine(len(page), person=person.pk, **{f"n{n}": a.pk for n, a in enumerate(page)}))
    tokens = shelf.found.tokens
    found = []
    for place, activity in enumerate(page):
        title, reason = marked(activity.title, tokens), why(activity, tokens)
        found.append(Hit(activity, activity.look, title, reason, states.get(activity.pk, "")))
        if place == 1 and found[0].look.shape == "video":
            found = [replace(found[0], wide="w7"), replace(found[1], wide="w5")]
    return found


def why(activity: Activity, tokens: tuple[str, ...]) -> Pieces:
    """Where it matched when the title does not say: summary, text, maker or way."""
    if not tokens or any(hit for _text, hit in marked(activity.title, tokens)):
        return []
    maker = activity.owner.name if activity.owner else ""
    for text in (activity.summary, activity.plain, maker, activity.kind_of_way.name):
        if pieces := snippet(text, tokens):
            return pieces
    return []


def heading(asked: Asked, count: int, has_people: bool, is_said: bool = False) -> str:
    """How many, about what."""
    if asked.q and not count and is_said:
        return _("Nothing is offered about “%(q)s” yet, but groups wrote of it") % {"q": asked.q}
    if asked.q and not count and has_people:
        return _("Nobody wrote about “%(q)s” yet, but you can ask") % {"q": asked.q}
    if asked.q:
        words = ngettext("%(count)s found for “%(q)s”", "%(count)s found for “%(q)s”", count)
        return words % {"count": count, "q": asked.q}
    if asked.kind == PEOPLE:
        return _("People you can ask")
    return ngettext("%(count)s to choose from", "%(count)s to choose from", count) % {
        "count": count
    }


def chips(asked: Asked, shelf: Shelf) -> list[tuple[str, str, bool]]:
    """(words, address, is on) of the kinds, everything first and people last."""
    rows = [("", _("Everything"))]
    rows += [(slug, plural) for slug, plural, _count in kind_chips(shelf)]
    rows.append((PEOPLE, _("People")))
    here = reverse("explore")
    return [
        (words, f"{here}?{urlencode({k: v for k, v in (('q', asked.q), ('kind', slug)) if v})}",
         slug == asked.kind)
        for slug, words in rows
    ]  # fmt: skip


def clear_url(asked: Asked) -> str:
    """The same question without filters: words, kind and order stay."""
    kept = {"q": asked.q, "kind": asked.kind, "sort": "" if asked.sort == BEST else asked.sort}
    rest = urlencode({name: value for name, value in kept.items() if value})
    return f"{reverse('explore')}?{rest}" if rest else reverse("explore")


def page_url(request: PersonRequest) -> str:
    """The address of this answer up to the page number."""
    query = request.GET.copy()
    query.pop("page", None)
    start = query.urlencode()
    return f"{reverse('explore')}?{start}&page=" if start else f"{reverse('explore')}?page="
