"""Picking colleagues by name: who is chosen, and who fits the words typed so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_GET

from sapwood.core.pages import render
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person

SHOWN = 8
MOST = 50


@dataclass(frozen=True)
class Picking:
    """The state of a picker: `chosen` people, the words, and `found` people who fit them."""

    chosen: list[Person] = field(default_factory=list)
    words: str = ""
    found: list[Person] = field(default_factory=list)

    @property
    def found_nobody(self) -> bool:
        """True if words were typed and fit nobody."""
        return bool(self.words and not self.found)


def pick(
    person: Person, *, ids: Iterable[str] = (), words: str = "", without: Iterable[Person] = ()
) -> Picking:
    """What `person` sees in a picker: ids that are no colleague are left out; two queries."""
    colleagues = Person.objects.visible_to(person).apart_from(person).exclude(pk=person.pk)
    colleagues = colleagues.select_related("unit")
    colleagues = colleagues.exclude(pk__in=[other.pk for other in without])
    keys = _keys(ids)
    chosen = list(colleagues.filter(pk__in=keys)[:MOST]) if keys else []
    words = words.strip()[:100]
    found = colleagues.exclude(pk__in=keys).matching(words)[:SHOWN] if words else []
    return Picking(chosen, words, list(found))


def picked_from(person: Person, form: QueryDict, *, without: Iterable[Person] = ()) -> Picking:
    """The picker as a form sent it: `people` are ids, `find` the words."""
    return pick(person, ids=form.getlist("people"), words=form.get("find", ""), without=without)


def _keys(ids: Iterable[str]) -> list[UUID]:
    keys = []
    for text in list(ids)[:MOST]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return keys


@require_GET
def people_pick(request: PersonRequest) -> HttpResponse:
    """The chosen and found people of a picker, while someone types."""
    picking = picked_from(request.user, request.GET)
    return render(request, "people/pick.html", {"picking": picking})
