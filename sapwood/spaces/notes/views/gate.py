"""The gate of every page of a note, and what becomes of words that may not go in any more."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from sapwood.core.ids import uuid7
from sapwood.core.pages import render
from sapwood.media.markup import shown, stored
from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces.models import Note, Space
from sapwood.writing.drafting import Conflict, NotYours, TooLongError, save_draft
from sapwood.writing.models import Draft


def load(request: PersonRequest, pk: UUID) -> Note:
    """The note with its group, if this person may read it; else 404."""
    seen = Note.objects.visible_to(request.user).select_related("space__audience", "changed_by")
    return get_object_or_404(seen, pk=pk)


def slot_of(note: Note | None, space: Space | None = None) -> str:
    """Which text box a draft belongs to: that of a note, or of new notes in a group."""
    return f"note-{note.pk}" if note else f"note-in-{space.pk if space else ''}"


def not_taken(request: PersonRequest, note: Note | None, slot: str, text: str = "") -> HttpResponse:
    """The words that were sent come back and stay as a draft; the page shows nothing else.

    Raises what any page would, where no words were sent.
    """
    text = text or request.POST.get("text", "")
    if not text:
        raise PermissionDenied if note else Http404
    names = ("title", "since", "summary")
    fields = {"text": text} | {name: request.POST.get(name, "") for name in names}
    draft = _kept_as_draft(request, slot, fields)
    context = {
        "why": _why(note),
        "note": note,
        "title": fields["title"],
        "text": for_editor(text, request),
        "draft": draft,
        "can_bring_back": bool(note and note.is_put_away and note.can_write(request.user)),
    }
    return render(request, "spaces/notes/kept.html", context, status=403 if note else 404)


def _why(note: Note | None) -> str:
    if note is None:
        return _("You do not belong to this group any more, or the note is gone for good.")
    if note.space.is_archived:
        return _("This group was put away, so nobody writes in it any more.")
    if note.is_put_away:
        return _("Somebody put this note away while you were writing.")
    return _("You do not belong to this group any more, so you cannot write in it.")


def _kept_as_draft(request: PersonRequest, slot: str, fields: dict[str, str]) -> Draft | None:
    """The draft that the browser was keeping; a new one where that has moved on."""
    person, now = request.user, request.user.now()
    tries: list[tuple[UUID, int]] = [(uuid7(), 0)]
    with suppress(ValueError):
        tries.insert(0, (UUID(request.POST.get("id", "")), int(request.POST.get("base") or 0)))
    for pk, base in tries:
        try:
            return save_draft(person, pk, slot=slot, fields=fields, base=base, now=now)
        except (Conflict, NotYours):
            continue
        except TooLongError:
            return None
    return None


def for_editor(html: str, request: PersonRequest, before: str = "") -> str:
    """Words for the editor, with addresses for its pictures: those this person may use."""
    if "data-upload" not in html:
        return html
    return str(shown(stored(html, writer=request.user, before=before), request.user))


def place_of(note: Note) -> list[tuple[Any, str]]:
    """The trail above a page of the note."""
    return [
        (note.space.name, reverse("group", args=[note.space_id])),
        (_("What we know"), reverse("group_notes", args=[note.space_id])),
        (note.title, reverse("note", args=[note.pk])),
    ]
