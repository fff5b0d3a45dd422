"""Answering an offer and choosing how much company one wants."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sapwood.core.preferences import way_back
from sapwood.core.toasts import toast
from sapwood.home.guidance.offering import answer, choose_level, take_back
from sapwood.home.guidance.rules import is_offered
from sapwood.home.models import Level, Verdict
from sapwood.ledger.ways import WAYS
from sapwood.people.doors.asking import PersonRequest


@require_POST
def answers(request: PersonRequest) -> HttpResponse:
    """Later, not for me, or "I'll try this" with the way chosen; `next` says where to go."""
    rule, verdict = request.POST.get("rule", ""), request.POST.get("verdict", "")
    way = request.POST.get("way", "")
    if not is_offered(rule) or verdict not in Verdict.values or (way and way not in WAYS):
        return HttpResponseBadRequest()
    said = answer(request.user, rule, verdict, way)
    words = {
        Verdict.LATER: _("It will wait. Nobody is told."),
        Verdict.NO: _("Understood. This one stays away for three months."),
    }
    if verdict in words:
        undo = reverse("guidance_undo")
        toast(request, words[Verdict(verdict)], undo=undo, payload=str(said.pk))
    return HttpResponseRedirect(way_back(request))


@require_POST
def undo(request: PersonRequest) -> HttpResponse:
    """Takes an answer back, on the page where that was pressed: the offer stands as before."""
    with suppress(ValueError):
        take_back(request.user, UUID(request.POST.get("payload", "")))
    return HttpResponseRedirect(way_back(request))


@require_POST
def level(request: PersonRequest) -> HttpResponse:
    """Keeps the level; managers can neither see nor set it."""
    chosen = request.POST.get("level", "")
    if chosen not in Level.values:
        return HttpResponseBadRequest()
    choose_level(request.user, chosen)
    toast(request, _("Kept: %(level)s. Only you can see it.") % {"level": Level(chosen).label})
    return HttpResponseRedirect(way_back(request))
