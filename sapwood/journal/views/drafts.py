"""Throwing away what was written for the journal, with a page that can bring it back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sapwood.journal.undoing import pack
from sapwood.journal.views.entries import gone
from sapwood.people.doors.asking import PersonRequest
from sapwood.writing.answers import done
from sapwood.writing.models import Draft


@require_http_methods(["GET", "POST"])
def discard(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Throws a draft away; the page that answers can bring it back."""
    if request.method == "GET":  # the page was loaded again afterwards
        return redirect("journal")
    draft = get_object_or_404(Draft.objects.of(request.user), pk=pk)
    payload = pack(request.user, [draft])
    draft.delete()
    return done(gone(request, _("The draft is gone."), payload), pk)
