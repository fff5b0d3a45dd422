"""The page of one group: its stream, its questions, its people."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sapwood.conversations.models import Membership
from sapwood.core.pages import render
from sapwood.notify.kinds import kinds
from sapwood.notify.wishing import reach
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person
from sapwood.spaces.forms import AskForm
from sapwood.spaces.greeting import greets
from sapwood.spaces.page import frame, load, load_readable, side
from sapwood.spaces.streaming import stream_of
from sapwood.spaces.words import consequence, stage_hint

PEOPLE = 50
A_FEW = 3  # with fewer than these, whoever looks after the group is shown how to begin


@require_GET
def show(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Its stream, for whoever may read it; else what it is for and how to come in."""
    space = load(request, pk)
    context = frame(request, space, "stream")
    if not context["head"].can_read:
        context |= {"form": AskForm(), "consequence": consequence(space.openness)}
        return render(request, "spaces/outside.html", context)
    context |= inside(request, space)
    is_looking = "prefetch" not in request.headers.get("Sec-Purpose", "")
    context["welcome"] = space.welcome if is_looking and greets(space, request.user) else ""
    is_few = space.people < A_FEW and not space.is_archived  # type: ignore[attr-defined]
    context["is_beginning"] = is_few and context["head"].is_steward
    context["hint"] = stage_hint(space) if context["head"].is_steward else ""
    return render(request, "spaces/show.html", context)


@require_GET
def questions(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Only what was asked; `?open` leaves those that nobody has answered."""
    space = load_readable(request, pk)
    only = "open" if "open" in request.GET else "questions"
    context = frame(request, space, "questions") | inside(request, space, only=only)
    return render(request, "spaces/questions.html", context | {"only": only})


def inside(request: PersonRequest, space: Any, *, only: str = "") -> dict[str, Any]:
    """Stream and side column."""
    now = timezone.now()
    return {"side": side(request, space, now), "stream": stream_of(request, space, only=only)}


@require_GET
def reaches(request: PersonRequest, pk: UUID) -> HttpResponse:
    """How many a post would reach, and how many of them by e-mail at once; read while writing."""
    space = load_readable(request, pk)
    members = Person.objects.active().filter(memberships__audience=space.audience_id)
    members = members.exclude(pk=request.user.pk)
    people, by_email = reach(members, kinds()["new_thread"], timezone.now())
    context = {"people": people, "by_email": by_email}
    return render(request, "spaces/reach.html", context)


@require_GET
def people(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Who belongs, from A to Z, with what one can ask them."""
    space, me = load_readable(request, pk), request.user
    words = request.GET.get("q", "").strip()[:100]
    roles = dict(space.audience.memberships.active().looking_after().values_list("person", "role"))
    members = Person.objects.active().filter(memberships__audience=space.audience_id)
    members = members.apart_from(me).select_related("unit").matching(words)
    page = Paginator(members.order_by("folded", "pk"), PEOPLE).get_page(request.GET.get("page"))
    said = dict(Membership.Role.choices)
    lines = [(person, said[roles[person.pk]] if person.pk in roles else "") for person in page]
    context = frame(request, space, "people")
    context |= {"q": words, "page": page, "lines": lines}
    return render(request, "spaces/people.html", context, block="list")
