"""Writing: a new note, and changing one; what others kept meanwhile is put together with it."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sapwood.core.formats import FILTERS
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces.models import Note, Ritual, Space
from sapwood.spaces.models.note import LONGEST_TITLE
from sapwood.spaces.notes.forms import NoteForm
from sapwood.spaces.notes.saving import Clashing, Kept, NotWritable, begin, keep
from sapwood.spaces.notes.views.gate import for_editor, not_taken, place_of, slot_of
from sapwood.spaces.notes.views.settling import draw_clash
from sapwood.writing.answers import done, missing
from sapwood.writing.drafting import posted


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A new note of a group; `?ritual=` and `?on=` make it the recap of a gathering."""
    readable = Space.objects.readable_by(request.user).select_related("audience")
    if request.method == "POST":
        return _begin(request, readable.filter(pk=pk).first(), pk)
    space = get_object_or_404(readable, pk=pk)
    forbid_unless(Note(space=space).can_write(request.user))
    form = _opened(request, space, None, **_recap(request, space))
    return _draw(request, form, space)


def _begin(request: PersonRequest, space: Space | None, pk: UUID) -> HttpResponse:
    slot = f"note-in-{pk}"
    if space is None or not Note(space=space).can_write(request.user):
        return not_taken(request, Note(space=space) if space else None, slot)
    form = NoteForm(request.POST, request.FILES, slot=slot).about(request.user, space)
    if not form.is_valid():
        return _draw(request, form, space, status=422)
    about = {name: form.cleaned_data[name] for name in ("ritual", "held_on")}
    person, key = request.user, form.cleaned_data["id"]
    if Note.objects.filter(pk=key).exclude(space=space, made_by=person).exists():
        raise missing()
    note = begin(space, form.words(), by=person, now=person.now(), pk=key, **about)
    form.keep_files(note)
    toast(request, _("Kept. Everybody who reads this group can read it."))
    return _done(request, note, key)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Changing a note. Who may not any more gets their words back."""
    seen = Note.objects.visible_to(request.user).select_related("space__audience")
    note = seen.filter(pk=pk).first()
    if note is None or note.is_put_away or not note.can_write(request.user):
        return not_taken(request, note, f"note-{pk}")
    if request.method == "POST":
        return _receive(request, note)
    # The same draft in every window of one person: what one browser kept is found again here.
    key = uuid5(note.pk, str(request.user.pk))
    start = {"id": key, "title": note.title, "text": note.html, "since": note.version}
    return _draw(request, _opened(request, note.space, note, **start), note.space, note)


def _receive(request: PersonRequest, note: Note) -> HttpResponse:
    person, slot = request.user, slot_of(note)
    form = NoteForm(request.POST, request.FILES, slot=slot).about(person, note.space, note)
    if not form.is_valid():
        return _draw(request, form, note.space, note, status=422)
    base = form.cleaned_data["since"] or 0
    try:
        outcome = keep(note, form.words(), base=base, by=person, now=person.now())
    except NotWritable:
        return not_taken(request, Note.objects.select_related("space").get(pk=note.pk), slot)
    form.keep_files(note)
    key = form.cleaned_data["id"]
    if isinstance(outcome, Clashing):
        return draw_clash(request, note, outcome, key=key)
    say(request, outcome)
    return _done(request, note, key)


def say(request: PersonRequest, kept: Kept) -> None:
    """What became of the words."""
    if kept.was_merged:
        toast(request, _("Kept. What others changed while you were writing is in it too."))
    elif kept.is_new:
        toast(request, _("Kept as a new version."))
    else:
        toast(request, _("Nothing had changed, so there is no new version."))


def _done(request: PersonRequest, note: Note, key: UUID) -> HttpResponse:
    posted(request.user, key)
    return done(redirect("note", note.pk), key)


def _opened(request: PersonRequest, space: Space, note: Note | None, **start: Any) -> NoteForm:
    """The form as this person left it, else as the note stands."""
    form = NoteForm.opened(request.user, slot_of(note, space), **start)
    before = ""
    if note:
        began = note.versions.filter(number=form.initial.get("since") or 0)
        before = "".join([note.html, *began.values_list("html", flat=True)])
    text = str(form.initial.get("text", ""))
    form.initial["text"] = for_editor(text, request, before)
    return form.about(request.user, space, note)


def _recap(request: PersonRequest, space: Space) -> dict[str, Any]:
    """What a recap begins with."""
    try:
        wanted = UUID(request.GET.get("ritual", ""))
    except ValueError:
        return {}
    ritual = Ritual.objects.filter(space=space, pk=wanted).first()
    if ritual is None:
        return {}
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        day = request.user.today()
    named = {"name": ritual.name, "day": FILTERS["daymonth"](day)}
    title = (_("Recap of %(name)s, %(day)s") % named)[:LONGEST_TITLE]
    return {"title": title, "ritual": ritual.pk, "held_on": day}


def _draw(
    request: PersonRequest,
    form: NoteForm,
    space: Space,
    note: Note | None = None,
    status: int = 200,
) -> HttpResponse:
    began = form["since"].value() or 0
    context = {
        "form": form,
        "space": space,
        "note": note,
        "trail": place_of(note or Note(space=space))[: 3 if note else 2],
        "slot": form.slot,
        "has_moved_on": bool(note and str(began) != str(note.version)),
        "since": began,
    }
    return render(request, "spaces/notes/edit.html", context, status=status)
