"""Taking notes along as Markdown: one, or all of a group."""

from collections.abc import Iterator, Sequence
from typing import IO
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces.models import Note, Space
from sapwood.spaces.notes.markdown import file_name, to_markdown, zipped
from sapwood.spaces.notes.views.gate import load

A_PIECE = 64 * 1024
TOGETHER = 50  # notes read at a time


@require_GET
def show(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """One note."""
    note = load(request, pk)
    names = [each.upload.name for each in note.attachments()]
    text = to_markdown(note.title, note.html, names).encode()
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    return _named(response, file_name(note.title))


@require_GET
def index(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """All notes of a group that stand, in a zip."""
    space = get_object_or_404(Space.objects.readable_by(request.user), pk=pk)
    pieces = _pieces(zipped(_notes(request, space)))
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    return _named(response, file_name(space.name, "zip"))


def _pieces(bundle: IO[bytes]) -> Iterator[bytes]:
    with bundle:
        while piece := bundle.read(A_PIECE):
            yield piece


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    named = content_disposition_header(True, name)
    response.headers["Content-Disposition"] = named or "attachment"
    return response


def _notes(request: PersonRequest, space: Space) -> Iterator[tuple[str, str, Sequence[str]]]:
    notes = Note.objects.visible_to(request.user).standing().filter(space=space)
    rows = notes.defer("folded").prefetch_related("note_files__upload").order_by("title", "pk")
    for note in rows.iterator(chunk_size=TOGETHER):
        yield note.title, note.html, [each.upload.name for each in note.note_files.all()]
