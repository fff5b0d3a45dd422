"""Saving while writing: called by <draft-keeper> every few seconds, from any form."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sapwood.core.formats import clock
from sapwood.journal.drafting import Conflict, NotYours, Standing, TooLongError, save_draft
from sapwood.journal.forms import TOO_LONG, DraftForm
from sapwood.journal.models import Draft
from sapwood.journal.models.draft import JOURNAL
from sapwood.journal.undoing import pack
from sapwood.journal.views.answers import done, missing
from sapwood.journal.views.entries import gone
from sapwood.people.doors.asking import PersonRequest


@require_POST
def save(request: PersonRequest) -> HttpResponse:
    """200 with the new revision and the time; 409 with the other words if they changed; 413."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    named = form.cleaned_data
    slot, base, now = named["slot"] or JOURNAL, named["base"] or 0, request.user.now()
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
    said = {"revision": other.revision, "at": at, "fields": other.fields}
    return JsonResponse(said, status=409)


@require_http_methods(["GET", "POST"])
def discard(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Throws a draft away; the page that answers can bring it back."""
    if request.method == "GET":  # the page was loaded again afterwards
        return redirect("journal")
    draft = get_object_or_404(Draft.objects.of(request.user), pk=pk)
    payload = pack(request.user, [draft])
    draft.delete()
    return done(gone(request, _("The draft is gone."), payload), pk)
