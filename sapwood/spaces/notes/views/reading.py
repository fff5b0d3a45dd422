"""Reading: the notes of a group, and one of them."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from sapwood.core.pages import readable_offline, render
from sapwood.core.seen import tidy
from sapwood.media.addresses import address
from sapwood.media.markup import shown
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person
from sapwood.spaces.models import Note, NoteVersion
from sapwood.spaces.notes.contents import FEWEST, anchored
from sapwood.spaces.notes.views.gate import for_editor, place_of
from sapwood.spaces.page import frame, load_readable, may_write
from sapwood.writing.models import Draft

A_PAGE = 20
LATEST = 4


@require_GET
def index(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What a group knows, latest first, found by words; `?away=1` for what was put away."""
    space = load_readable(request, pk)
    q = tidy(request.GET.get("q", ""))[:100]
    away = bool(request.GET.get("away"))
    notes = Note.objects.visible_to(request.user).filter(space=space)
    found = (notes.put_away() if away else notes.standing()).matching(q)
    pages = Paginator(found.for_lists().latest_first(), A_PAGE)
    context = {
        **frame(request, space, "notes"),
        "page": pages.get_page(request.GET.get("page")),
        "q": q,
        "away": away,
        "can_write": may_write(request.user, space),
        "has_away": not away and notes.put_away().exists(),
    }
    return render(request, "spaces/notes/index.html", context, block="list")


@require_GET
def show(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One note as it stands."""
    note = get_object_or_404(Note.objects.visible_to(request.user).for_page(), pk=pk)
    person = request.user
    headings, body = anchored(shown(note.html, person))
    can_write = note.can_write(person)
    versions = latest_versions(note)
    context = {
        "note": note,
        "trail": place_of(note)[:-1],
        "body": body,
        "headings": headings if len(headings) >= FEWEST else [],
        "files": downloads(note, person),
        "versions": versions,
        "has_more": len(versions) == LATEST,
        "can_write": can_write,
        "can_delete": can_write and note.can_delete(person),
    }
    return readable_offline(render(request, "spaces/notes/show.html", context))


def latest_versions(note: Note) -> list[NoteVersion]:
    """The newest few with who wrote them, without their texts."""
    return list(note.versions.select_related("by").defer("html")[:LATEST])


def downloads(note: Note, person: Person) -> list[dict[str, Any]]:
    """Each file with its name, type, size in KB and signed address."""
    return [
        {
            "name": each.upload.name,
            "type": each.ending,
            "kilobytes": max(1, each.upload.size // 1024),
            "url": address(each.upload, person),
        }
        for each in note.attachments()
    ]


@require_GET
def draft(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Words of one's own that could not go into a note; nobody else ever sees them."""
    mine = get_object_or_404(Draft.objects.of(request.user), pk=pk, slot__startswith="note-")
    text = for_editor(mine.fields.get("text", ""), request)
    context = {"draft": mine, "title": mine.fields.get("title", ""), "text": text}
    return render(request, "spaces/notes/kept.html", context)
