"""When two people changed the same: both texts, and a line for a third that holds them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces.models import Note
from sapwood.spaces.notes.differing import marked
from sapwood.spaces.notes.forms import SettlingForm
from sapwood.spaces.notes.saving import Clashing, NotWritable, settle
from sapwood.spaces.notes.views.gate import not_taken, place_of
from sapwood.writing.answers import done
from sapwood.writing.drafting import posted


@require_POST
def create(request: PersonRequest, pk: UUID, mine: int, theirs: int) -> HttpResponse:
    """What was chosen. If somebody kept something else again meanwhile, it is asked again."""
    seen = Note.objects.visible_to(request.user).select_related("space__audience")
    note = seen.filter(pk=pk).first()
    if note is None or note.is_put_away or not note.can_write(request.user):
        return not_taken(request, note, f"note-{pk}", _typed(request))
    clashing = _clashing(request, note, mine, theirs)
    form = SettlingForm(request.POST, clashing=clashing, person=request.user)
    if not form.is_valid():
        return draw_clash(request, note, clashing, form, status=422)
    return _settle(request, note, clashing, form)


def _settle(
    request: PersonRequest, note: Note, clashing: Clashing, form: SettlingForm
) -> HttpResponse:
    person, key = request.user, form.cleaned_data["key"]
    try:
        outcome = settle(note, clashing, form.words(), by=person, now=person.now())
    except NotWritable:
        return not_taken(request, note, f"note-{note.pk}", _typed(request))
    if isinstance(outcome, Clashing):
        return draw_clash(request, note, outcome, key=key)
    toast(request, _("Kept. Both texts are in the history."))
    posted(person, key)
    return done(redirect("note", note.pk), key)


def _typed(request: PersonRequest) -> str:
    return "".join(request.POST[name] for name in request.POST if name.startswith("both_"))


def _clashing(request: PersonRequest, note: Note, mine: int, theirs: int) -> Clashing:
    """The three texts again, from the history; 404 for numbers that are not one's own clash."""
    own = get_object_or_404(note.versions, number=mine, is_beside=True, by=request.user)
    other = get_object_or_404(note.versions.select_related("by"), number=theirs, is_beside=False)
    base = get_object_or_404(note.versions, number=own.grew_from)
    return Clashing(base, own, other)


def draw_clash(
    request: PersonRequest,
    note: Note,
    clashing: Clashing,
    form: SettlingForm | None = None,
    *,
    key: UUID | None = None,
    status: int = 409,
) -> HttpResponse:
    """The page on which one chooses."""
    if form is None:
        form = SettlingForm(initial={"key": key}, clashing=clashing, person=request.user)
    merging = clashing.merging
    rows = [_row(form, place) for place in range(len(form.clashes))]
    name = clashing.theirs.by.first_name if clashing.theirs.by else _("Someone who left")
    context = {
        "note": note,
        "trail": place_of(note),
        "clashing": clashing,
        "form": form,
        "rows": rows,
        "title_row": _title_row(form) if clashing.title is None else None,
        "name": name,
        "heading": _heading(clashing, form, name),
        "alone": merging.mine_alone,
    }
    return render(request, "spaces/notes/merge.html", context, status=status)


def _heading(clashing: Clashing, form: SettlingForm, name: str) -> str:
    if not form.clashes:
        return _("You and %(name)s both changed the title") % {"name": name}
    if clashing.title is None or len(form.clashes) > 1:
        n = len(form.clashes) + (clashing.title is None)
        said = ngettext(
            "You and %(name)s both changed %(n)s place",
            "You and %(name)s both changed %(n)s places",
            n,
        )
        return said % {"name": name, "n": n}
    line = {"name": name, "n": form.clashes[0].line}
    return _("You and %(name)s both changed line %(n)s") % line


def _row(form: SettlingForm, place: int) -> dict[str, Any]:
    clash = form.clashes[place]
    return {
        "line": clash.line,
        "mine": marked(clash.base, clash.mine),
        "theirs": marked(clash.base, clash.theirs),
        "pick": form[f"pick_{place}"],
        "both": form[f"both_{place}"],
    }


def _title_row(form: SettlingForm) -> dict[str, Any]:
    titles = form.clashing.mine.title, form.clashing.theirs.title
    return {
        "mine": [titles[0]],
        "theirs": [titles[1]],
        "pick": form["pick_title"],
        "both": form["both_title"],
    }
