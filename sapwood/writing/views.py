"""Saving while writing: called by <draft-keeper> every few seconds, from any form."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sapwood.core.formats import clock
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.writing.answers import done, missing
from sapwood.writing.drafting import Conflict, NotYours, Standing, TooLongError, save_draft
from sapwood.writing.forms import TOO_LONG, DraftForm
from sapwood.writing.models import Draft


@require_POST
def save(request: PersonRequest) -> HttpResponse:
    """200 with the new revision and the time; 409 with the other words if they changed; 413.

    `gone` in a 409 means that they were sent or thrown away.
    """
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    named = form.cleaned_data
    slot, base, now = named["slot"], named["base"] or 0, request.user.now()
    try:
        draft = save_draft(
            request.user, named["id"], slot=slot, fields=form.words(), base=base, now=now
        )
    except TooLongError:
        return JsonResponse({"errors": {"text": [str(TOO_LONG)]}}, status=413)
    except NotYours:
        raise missing() from None
    except Conflict as conflict:
        return _other_words(conflict.standing)
    return JsonResponse({"revision": draft.revision, "at": clock(draft.saved_at)})


def _other_words(other: Standing) -> JsonResponse:
    at = clock(other.saved_at) if other.saved_at else ""
    said = {"revision": other.revision, "at": at, "fields": other.fields, "gone": other.is_gone}
    return JsonResponse(said, status=409)


@require_POST
def discard(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Throws a draft away: 204 to a script, else back to the page it came from."""
    get_object_or_404(Draft.objects.of(request.user), pk=pk).delete()
    if request.htmx and not request.htmx.boosted:
        return done(HttpResponse(status=204), pk)
    toast(request, _("The draft is gone."))
    return done(redirect(_page_before(request)), pk)


def _page_before(request: PersonRequest) -> str:
    """The page of ours that the form stood on; nothing else is ever an address to go to."""
    there = request.POST.get("next") or request.headers.get("Referer", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(there, hosts, require_https=request.is_secure())
    return there if is_ours else "/"
