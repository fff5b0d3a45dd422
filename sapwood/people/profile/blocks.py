"""Keeping a colleague away from oneself, seeing whom one keeps away, and letting them back."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.people.blocking import block, still_meets, unblock, who_may_be_blocked
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Block


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Says what blocking does and does not, then does it."""
    me = request.user
    who = get_object_or_404(who_may_be_blocked(me), pk=pk)
    if request.method == "POST":
        block(me, who)
        words = _("You blocked %(name)s. Only you know.") % {"name": who.name}
        toast(request, words, undo=reverse("person_unblock", args=[who.pk]))
        return HttpResponseRedirect(reverse("people_index"))
    leads = "manager" if who.pk == me.manager_id else "report" if still_meets(me, who) else ""
    return render(request, "people/profile/block.html", {"who": who, "leads": leads})


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """Whom one blocked; nobody else sees this list."""
    blocks = Block.objects.visible_to(request.user).select_related("blocked__unit")
    return render(request, "people/profile/blocked.html", {"blocks": blocks})


@require_POST
def delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Lets a colleague back."""
    own = get_object_or_404(
        Block.objects.visible_to(request.user).select_related("blocked"), blocked=pk
    )
    unblock(request.user, own.blocked)
    words = _("You and %(name)s can find each other again.") % {"name": own.blocked.name}
    toast(request, words, undo=reverse("person_block", args=[pk]))
    return HttpResponseRedirect(reverse("blocked_index"))
