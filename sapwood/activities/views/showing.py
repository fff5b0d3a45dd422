"""The page of one activity, and the list of one's own."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sapwood.activities import panels
from sapwood.activities.audience import in_words, readers
from sapwood.activities.models import Activity, Participation
from sapwood.activities.registry import waiting
from sapwood.activities.search import related_to
from sapwood.activities.views.shared import load
from sapwood.core.pages import readable_offline, render
from sapwood.media.links.frames import may_play
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person
from sapwood.spaces.models import Space

MOST_NAMES = 100


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """What one takes part in and what one offers."""
    person = request.user
    mine = Activity.objects.owned_by(person).for_cards().order_by("-created_at")[:100]
    taking = Participation.objects.filter(person=person).exclude(state="left")
    seen = taking.filter(activity__in=Activity.objects.visible_to(person))
    rows = seen.select_related("activity__owner").order_by("-joined_at", "-invited_at")[:100]
    told: dict[UUID, list[str]] = {}
    answers = waiting(person, timezone.now())
    for row in answers:
        told.setdefault(row.activity.pk, []).append(row.text)
    listed = {row.activity_id for row in rows} | {thing.pk for thing in mine}
    context = {
        "mine": list(mine),
        "taking": list(rows),
        "told": told,
        "answers": [row for row in answers if row.activity.pk not in listed],
    }
    return render(request, "activities/index.html", context)


@may_play
@require_GET
def show(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The page of one activity."""
    activity = load(request, pk)
    page = render(request, "activities/show.html", page_of(request, activity))
    holds_asking = activity.as_kind.by_name and activity.is_hosted_by(request.user)
    return page if holds_asking else readable_offline(page)  # what others ask for is theirs


def page_of(request: PersonRequest, activity: Activity, **more: Any) -> dict[str, Any]:
    """Everything that the page shows; `more` goes to the kind's panel too."""
    person: Person = request.user
    kind = activity.as_kind
    mine = activity.participations.filter(person=person).first()
    is_host = activity.is_hosted_by(person)
    can_edit = activity.can_edit(person)
    context = {
        "activity": activity,
        "line": "",
        "too_long": "",
        "kind": kind,
        "mine": mine,
        "is_in": bool(mine and mine.takes_a_place),
        "is_host": is_host,
        "can_edit": can_edit,
        "why_not": kind.may_join(activity, person),
        "places_left": activity.places_left(),
        "group": _group(activity, person),
        "who_sees": in_words(activity) if can_edit else "",
        "reader_count": readers(activity).count() if can_edit and activity.is_draft else 0,
        "moment": activity.moments_of(person).first() if mine and mine.is_completed else None,
        "sessions": list(activity.sessions.all()) if kind.meets else [],
        "now": timezone.now(),
        "people": _people(activity) if kind.by_name and is_host else [],
        "related": related_to(activity, Activity.objects.visible_to(person).published()),
    }
    context["panel"] = panels.panel(
        request, activity, mine=mine, is_in=context["is_in"], is_host=is_host, **more
    )
    return context


def _group(activity: Activity, person: Person) -> Space | None:
    """In whose library it stands, for those who may look into that."""
    if activity.space_id is None:
        return None
    return Space.objects.readable_by(person).filter(pk=activity.space_id).first()


def _people(activity: Activity) -> list[Person]:
    """Those who hold a place, by name: as the policy says, for who organises it."""
    holding = activity.participations.holding_a_place().values("person")
    return list(Person.objects.active().filter(pk__in=holding)[:MOST_NAMES])
