"""What one follows or has muted: people, groups and threads, with the way to change it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sapwood.conversations import watching
from sapwood.conversations.models import Audience, Thread, Watch
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person

MOST = 200


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """Everything, newest first; what one may no longer see is left out."""
    person = request.user
    mine = Watch.objects.of(person).select_related("thread__author", "audience", "other")
    threads = Thread.objects.visible_to(person).values("pk")
    groups = Audience.objects.readable_by(person).values("pk")
    colleagues = Person.objects.visible_to(person).apart_from(person).values("pk")
    watches = (
        mine.filter(thread__in=threads)
        | mine.filter(audience__in=groups)
        | mine.filter(other__in=colleagues)
    )
    context = {"watches": watches.order_by("is_muted", "-at")[:MOST]}
    return render(request, "conversations/following.html", context)


@require_POST
def follow_person(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Hears of what a colleague posts where one may read it; they are not told."""
    colleagues = Person.objects.visible_to(request.user).apart_from(request.user)
    other = get_object_or_404(colleagues, pk=pk)
    forbid_unless(other.pk != request.user.pk)
    watching.follow(request.user, other)
    said = _("You hear of what %(name)s posts where you can read it. They are not told.")
    toast(request, said % {"name": other.name})
    return redirect("following")


@require_POST
def watch_group(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Follows a group, mutes it, or leaves it at what is usual."""
    audience = get_object_or_404(Audience.objects.readable_by(request.user), pk=pk)
    how = request.POST.get("how", "")
    act = {"follow": watching.follow, "mute": watching.mute}.get(how, watching.forget)
    act(request.user, audience)
    if how == "mute":
        toast(request, _("You hear nothing more of this group, unless somebody names you."))
    elif how == "follow":
        toast(request, _("You hear of every new post here."))
    return redirect(audience.home or "following")


@require_POST
def forget(request: PersonRequest, pk: int) -> HttpResponse:
    """Neither follows nor mutes it any more."""
    get_object_or_404(Watch.objects.of(request.user), pk=pk).delete()
    return redirect("following")
