"""Joining, asking, leaving, taking on: what somebody does for themselves."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.conversations.refusing import Refused
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import REFUSED, toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces import joining
from sapwood.spaces.forms import AskForm
from sapwood.spaces.models import JoinLink, JoinRequest, Openness, Space
from sapwood.spaces.page import frame, load, load_readable
from sapwood.spaces.telling import tell_asked
from sapwood.spaces.words import consequence, how_many, kind_line


def tried(request: PersonRequest, doing: Callable[[], Any]) -> Any:
    """What `doing` gives, or True for nothing; a refusal is told, and gives False."""
    try:
        given = doing()
    except Refused as refused:
        toast(request, str(refused.text), kind=REFUSED)
        return False
    return True if given is None else given


@require_POST
def join(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Comes in through an open door."""
    space = load(request, pk)
    forbid_unless(space.openness == Openness.OPEN)
    if tried(request, lambda: joining.join(space, request.user, now=timezone.now())):
        toast(request, _("You belong to %(name)s.") % {"name": space.name})
    return redirect("group", pk)


@require_POST
def leave(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One tap, and nobody is told."""
    space = load(request, pk)
    forbid_unless(space.my_role is not None)  # type: ignore[attr-defined]
    if not tried(request, lambda: joining.leave(space, request.user, now=timezone.now())):
        return redirect("group", pk)
    toast(request, _("You left %(name)s. Nobody is told.") % {"name": space.name})
    return redirect("groups")


@require_POST
def ask(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Asks the stewards."""
    space = load(request, pk)
    forbid_unless(space.openness == Openness.REQUEST)
    form = AskForm(request.POST)
    if not form.is_valid():
        context = frame(request, space, "stream")
        context |= {"form": form, "consequence": consequence(space.openness)}
        return render(request, "spaces/outside.html", context, status=422)
    words, now = form.cleaned_data["words"], timezone.now()
    asked = tried(request, lambda: joining.ask(space, request.user, words=words, now=now))
    if asked:
        tell_asked(asked)
        toast(request, _("The stewards know that you would like to join."))
    return redirect("group", pk)


@require_POST
def ask_back(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Takes one's request back."""
    space = load(request, pk)
    waiting = JoinRequest.objects.waiting().filter(person=request.user)
    get_object_or_404(waiting, space=space)
    joining.take_back(space, request.user, now=timezone.now())
    toast(request, _("You no longer ask to join."))
    return redirect("group", pk)


@require_POST
def take_on(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A member looks after a group that has no steward left."""
    space = load(request, pk)
    forbid_unless(space.my_role is not None)  # type: ignore[attr-defined]
    if joining.take_on(space, request.user):
        toast(request, _("You look after %(name)s now. Thank you.") % {"name": space.name})
    else:
        toast(request, _("Somebody looks after it already."), kind=REFUSED)
    return redirect("group", pk)


@require_http_methods(["GET", "POST"])
def by_link(request: PersonRequest, token: str) -> HttpResponse:
    """What a link leads to: what the group is, and one button."""
    link = JoinLink.by_token(token)
    if link is None:
        raise Http404
    space, now = link.space, timezone.now()
    if request.method == "POST":
        if tried(request, lambda: joining.join_by_link(link, request.user, now=now)):
            toast(request, _("You belong to %(name)s.") % {"name": space.name})
        readable = Space.objects.visible_to(request.user).filter(pk=space.pk).exists()
        return redirect("group", space.pk) if readable else redirect("groups")
    if space.membership_of(request.user):
        return redirect("group", space.pk)
    context = {
        "space": space, "is_open": link.is_open(now) and not space.is_archived,
        "kind": kind_line(space), "count": how_many(space.audience.memberships.active().count()),
        "consequence": consequence(space.openness), "address": request.path,
    }  # fmt: skip
    return render(request, "spaces/link.html", context)


@require_GET
def welcome(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The welcome of a group, to read again."""
    context = frame(request, load_readable(request, pk), "stream")
    return render(request, "spaces/welcome.html", context)
