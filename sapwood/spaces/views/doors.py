"""Requests and links, as stewards see them."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.conversations.models.apart import not_apart
from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces import joining
from sapwood.spaces.forms import LinkForm
from sapwood.spaces.models import JoinLink, JoinRequest
from sapwood.spaces.page import load_for_stewards
from sapwood.spaces.telling import tell_answered
from sapwood.spaces.views.belonging import tried
from sapwood.spaces.views.desk import desk

MOST = 100


@require_GET
def requests(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Who asks to join, the longest wait first."""
    space = load_for_stewards(request, pk)
    waiting = JoinRequest.objects.told_to(request.user).filter(space=space)
    waiting = waiting.select_related("person__unit")
    context = desk(request, space, "requests") | {"waiting": waiting[:MOST]}
    return render(request, "spaces/requests.html", context)


@require_POST
def answer(request: PersonRequest, pk: UUID, asked: UUID) -> HttpResponse:
    """Lets somebody in, or says not this time."""
    space = load_for_stewards(request, pk)
    rows = JoinRequest.objects.filter(not_apart(request.user, "person"), space=space)
    rows = rows.select_related("space", "person")
    row, now = get_object_or_404(rows, pk=asked), timezone.now()
    if "yes" in request.POST:
        done = tried(request, lambda: joining.let_in(row, by=request.user, now=now))
        words = _("%(name)s belongs to the group now.")
    else:
        done = joining.decline(row, by=request.user, now=now)
        words = _("%(name)s was told: not this time.")
    if done:
        row.refresh_from_db(fields=["state"])
        tell_answered(row)
        toast(request, words % {"name": row.person.name})
    return redirect("group_requests", pk)


@require_http_methods(["GET", "POST"])
def links(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Links that let people in, and a new one."""
    space, now = load_for_stewards(request, pk), timezone.now()
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        JoinLink.objects.create(
            space=space, made_by=request.user, most=given["most"], made_at=now,
            expires_at=now + timedelta(days=given["days"]),
        )  # fmt: skip
        toast(request, _("The link is ready."))
        return redirect("group_links", pk)
    rows = JoinLink.objects.filter(space=space, ended_at=None, expires_at__gt=now)
    made = [(link, address_of(link)) for link in rows[:MOST] if link.is_open(now)]
    context = desk(request, space, "links") | {"form": form, "links": made}
    return render(request, "spaces/links.html", context, status=422 if form.is_bound else 200)


def address_of(link: JoinLink) -> str:
    """What is given to people."""
    return settings.BASE_URL + reverse("group_by_link", args=[link.token])


@require_POST
def link_end(request: PersonRequest, pk: UUID, link: UUID) -> HttpResponse:
    """Takes a link back."""
    space = load_for_stewards(request, pk)
    row = get_object_or_404(JoinLink, pk=link, space=space)
    row.ended_at = row.ended_at or timezone.now()
    row.save(update_fields=["ended_at"])
    toast(request, _("The link no longer works."))
    return redirect("group_links", pk)
