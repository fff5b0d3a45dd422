"""The list of groups, and beginning one."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.conversations.refusing import Refused
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person, Role
from sapwood.spaces.forms import FoundForm
from sapwood.spaces.founding import found
from sapwood.spaces.models import Kind, Space
from sapwood.spaces.teams import leads_a_team, managers_without_one, open_team
from sapwood.spaces.words import choices, how_many, kind_line

PAGE = 24
KINDS = [
    (Kind.COMMUNITY.value, gettext_lazy("Communities")), (Kind.TEAM.value, gettext_lazy("Teams")),
    (Kind.CIRCLE.value, gettext_lazy("Circles")),
]  # fmt: skip


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """One's own groups first, then the others that one may see; from A to Z, never by size."""
    person, words = request.user, request.GET.get("q", "").strip()[:100]
    kind = request.GET.get("kind", "")
    mine, others = _groups(person, words, kind)
    page = Paginator(others, PAGE).get_page(request.GET.get("page"))
    own = [_line(space) for space in mine[:200]]
    context = {
        "q": words,
        "kind": kind,
        "kinds": KINDS,
        "mine": [each for each in own if not each["space"].is_archived],
        "kept": [each for each in own if each["space"].is_archived],
        "page": page,
        "others": [_line(space) for space in page],
        "may_open_team": leads_a_team(person)
        and not Space.objects.standing().filter(manager=person).exists(),
        "is_desk": person.has_role(Role.STEWARD),
    }
    return render(request, "spaces/index.html", context, block="list")


def _groups(person: Person, words: str, kind: str) -> tuple[Any, Any]:
    """One's own, and the others that one may see."""
    groups: Any = Space.objects.visible_to(person).matching(words)
    groups = groups.of_kind(kind) if kind in Kind.values else groups
    groups = groups.with_counts().order_by("folded", "pk")
    mine = groups.joined_by(person)
    others = groups.standing().exclude(pk__in=mine.values("pk"))
    if words or kind:
        return mine, others
    return mine, others.exclude(kind=Kind.TEAM)  # nobody joins somebody else's team


def _line(space: Any) -> dict[str, Any]:
    return {"space": space, "kind": kind_line(space), "count": how_many(space.people)}


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Begins a community or a circle: anybody may."""
    person = request.user
    form = FoundForm(request.POST or None, today=person.today())
    if request.method == "POST" and form.is_valid():
        try:
            space = found(form.save(commit=False), by=person, now=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.text)
        else:
            words = _("%(name)s is here. You look after it.")
            if form.was_closed:
                words = _("%(name)s is here. A circle is closed: you let people in.")
            toast(request, words % {"name": space.name})
            return redirect("group", space.pk)
    context = {"form": form, "choices": choices(Kind.COMMUNITY)}
    return render(request, "spaces/new.html", context, status=422 if form.is_bound else 200)


@require_GET
def teams(request: PersonRequest) -> HttpResponse:
    """Managers whose team has no space yet, for learning and development."""
    forbid_unless(request.user.has_role(Role.STEWARD))
    page = Paginator(managers_without_one(), 50).get_page(request.GET.get("page"))
    return render(request, "spaces/teams.html", {"page": page})


@require_POST
def team_open(request: PersonRequest) -> HttpResponse:
    """Opens the space of one's own team, or that of a manager."""
    person = request.user
    given = request.POST.get("manager", "")
    if given:
        forbid_unless(person.has_role(Role.STEWARD))
        manager = get_object_or_404(Person.objects.active(), pk=_key(given))
    else:
        manager = person
    forbid_unless(leads_a_team(manager))
    space = open_team(manager, by=person, now=timezone.now())
    toast(request, _("%(name)s is open.") % {"name": space.name})
    return redirect("group_teams") if given else redirect("group", space.pk)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
