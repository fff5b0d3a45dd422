"""Putting a note away, bringing it back, and deleting it for good."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces.notes.saving import put_away
from sapwood.spaces.notes.views.gate import load, place_of


@require_POST
def standing(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Puts it away, or with `payload=back` brings it back."""
    note = load(request, pk)
    forbid_unless(note.can_write(request.user))
    if request.POST.get("payload") == "back":
        put_away(note, by=request.user, now=None)
        toast(request, _("The note is back."))
        return redirect("note", note.pk)
    put_away(note, by=request.user, now=request.user.now())
    undo = reverse("note_standing", args=[note.pk])
    toast(request, _("Put away. It is out of the lists, and keeps its history."), undo=undo,
          payload="back")  # fmt: skip
    return redirect("group_notes", note.space_id)


@require_http_methods(["GET", "POST"])
def delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    """For good, with every version: a steward, after being asked."""
    note = load(request, pk)
    forbid_unless(note.can_delete(request.user))
    if request.method == "GET":
        context = {"note": note, "trail": place_of(note)}
        return render(request, "spaces/notes/delete.html", context)
    note.delete()
    toast(request, _("The note is gone for good, with all its versions."))
    return redirect("group_notes", note.space_id)
