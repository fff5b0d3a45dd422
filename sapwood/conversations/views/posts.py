"""Posting and asking, and the names one may call."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sapwood.conversations.forms import PostForm
from sapwood.conversations.models import Audience, Thread
from sapwood.conversations.posting import open_thread
from sapwood.conversations.refusing import Refused
from sapwood.conversations.stream import slot_of
from sapwood.conversations.views.parts import refuse, words_back
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.folding import fold
from sapwood.writing.answers import done
from sapwood.writing.drafting import posted

NAMES = 6
NEAR = 400  # who has the letters anywhere, before only names count


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The box on a page of its own, and where it is sent from any stream."""
    person = request.user
    audience = Audience.objects.readable_by(person).filter(pk=pk).first()
    if audience is None:
        return words_back(request)
    slot = slot_of(audience)
    if request.method == "GET":
        forbid_unless(Audience.objects.writable_by(person).filter(pk=pk).exists())
        return _page(request, audience, {"form": PostForm.begun_in(person, slot)})
    form = PostForm(request.POST, request.FILES, slot=slot, person=person)
    if not form.is_valid():
        return _page(request, audience, {"form": form}, status=422)
    try:
        with transaction.atomic():
            thread = open_thread(person, audience, now=person.now(), **form.taken())
            posted(person, form.cleaned_data["id"])
    except Refused as refused:
        return _page(request, audience, refuse(form, refused), status=422)
    waits = Thread.objects.filter(pk=thread.pk).exclude(hidden_at=None).exists()
    said = _("Asked.") if thread.is_question else _("Posted.")
    toast(request, _("It waits for somebody to read it before others do.") if waits else said)
    there = redirect("thread", thread.pk) if thread.is_question else redirect(audience.home or "/")
    return done(there, thread.pk)


def _page(
    request: PersonRequest, audience: Audience, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    people = audience.memberships.active().count()
    context |= {"audience": audience, "people": people}
    return render(request, "conversations/new.html", context, status=status)


@require_GET
def names(request: PersonRequest, pk: UUID) -> HttpResponse:
    """People who can be named after an @, by the beginning of any of their names."""
    audience = get_object_or_404(Audience.objects.readable_by(request.user), pk=pk)
    words = request.GET.get("q", "").strip()[:60]
    people = audience.readers().apart_from(request.user).exclude(pk=request.user.pk)
    near = people.matching(words).select_related("unit").order_by("name")[:NEAR] if words else []
    found = [person for person in near if _is_called(person.name, words)][:NAMES]
    return render(request, "conversations/names.html", {"found": found, "audience": audience})


def _is_called(name: str, words: str) -> bool:
    """True if each of the words begins one of the names."""
    names = fold(name).split()
    return all(any(each.startswith(word) for each in names) for word in fold(words).split())
