"""The history of a note: its versions, what changed between two, and putting one back."""

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sapwood.core.formats import FILTERS
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import REFUSED, toast
from sapwood.media.markup import shown
from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces.models import Note, NoteVersion
from sapwood.spaces.notes.differing import difference
from sapwood.spaces.notes.saving import NotWritable, put_back
from sapwood.spaces.notes.views.gate import load, place_of
from sapwood.spaces.notes.views.reading import latest_versions

A_PAGE = 50
TO_CHOOSE = 60


@require_GET
def index(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Every version, the newest first."""
    note = load(request, pk)
    rows = note.versions.select_related("by").defer("html")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"note": note, "trail": place_of(note), "page": page}
    return render(request, "spaces/notes/versions.html", context)


@require_GET
def show(request: PersonRequest, pk: UUID, number: int) -> HttpResponse:
    """The note as one version has it."""
    note = load(request, pk)
    version = get_object_or_404(note.versions.select_related("by"), number=number)
    context = {
        "note": note,
        "trail": place_of(note),
        "version": version,
        "body": shown(version.html, request.user),
        "day": _day(note, version),
        "can_put_back": _can_put_back(request, note, version),
    }
    return render(request, "spaces/notes/version.html", context)


@require_GET
def changes(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What changed from `?from=` to `?to=`: without them, what the last change was."""
    note = load(request, pk)
    rows = note.versions.select_related("by")
    new = _version(rows, request.GET.get("to"), note.version)
    old = _version(rows, request.GET.get("from"), new.grew_from)
    found = difference(old.html, new.html)
    context = {
        "note": note,
        "trail": place_of(note),
        "old": old,
        "new": new,
        "found": found,
        "versions": latest_versions(note),
        "options": list(rows.defer("html")[:TO_CHOOSE]),
        "day": _day(note, old),
        "can_put_back": _can_put_back(request, note, old),
    }
    return render(request, "spaces/notes/changes.html", context)


def _version(rows: models.QuerySet[NoteVersion], asked: str | None, usual: int) -> NoteVersion:
    """The version of that number; the nearest earlier one if it is the number of none."""
    wanted = int(asked) if asked and asked.isascii() and asked.isdigit() else usual
    wanted = min(wanted, 2**31 - 1)
    return rows.filter(number__lte=wanted).first() or rows.earliest("number")


def _day(note: Note, version: NoteVersion) -> str:
    """Its day: "24 November", or "24 November, 04:11" where it is not the only one of that day."""
    day = str(FILTERS["daymonth"](version.at))
    begin = timezone.localtime(version.at).replace(hour=0, minute=0, second=0, microsecond=0)
    others = note.versions.filter(at__gte=begin, at__lt=begin + timedelta(days=1))
    if not others.exclude(pk=version.pk).exists():
        return day
    return f"{day}, {FILTERS['clock'](version.at)}"


def _can_put_back(request: PersonRequest, note: Note, version: NoteVersion) -> bool:
    return (
        version.number != note.version
        and not note.is_put_away
        and note.can_write(request.user)
    )  # fmt: skip


@require_POST
def restore(request: PersonRequest, pk: UUID, number: int) -> HttpResponse:
    """An earlier version becomes the newest."""
    note = load(request, pk)
    forbid_unless(note.can_write(request.user))
    version = get_object_or_404(note.versions, number=number)
    day = _day(note, version)
    summary = _("As it was on %(day)s") % {"day": day}
    now = request.user.now()
    try:
        kept = put_back(note, version, by=request.user, now=now, summary=summary)
    except NotWritable:
        words = _("Bring the note back first; then an earlier version can be put back.")
        toast(request, words, kind=REFUSED)
        return redirect("note", note.pk)
    said = _("%(day)s is back. What stood until now is in the history.")
    toast(request, said % {"day": day} if kept.is_new else _("That is what stands already."))
    return redirect("note", note.pk)
