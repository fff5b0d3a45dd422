"""Writing: a question, ruled paper, who can read it; keep, or go on another time."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.core.pages import forbid_unless, readable_offline
from sapwood.core.toasts import toast
from sapwood.journal.forms import GROUP, EntryForm, LeaningForm, uuid_or_none
from sapwood.journal.keeping import keep
from sapwood.journal.models import JournalEntry, Leaning
from sapwood.journal.prompting import leaning, prompt_for
from sapwood.journal.sharing import share
from sapwood.journal.slots import JOURNAL, entry_slot
from sapwood.journal.views.paper import fresh, from_draft, from_entry, own_moment, writing_page
from sapwood.ledger.models import Visibility
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.picking import Picking, picked_from
from sapwood.writing.answers import done, missing
from sapwood.writing.drafting import Conflict, NotYours, TooLongError, begun, save_draft
from sapwood.writing.forms import TOO_LONG
from sapwood.writing.models import Draft


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """The journal: what was being written goes on; else a question and a clean page."""
    person = request.user
    another = request.GET.get("another", "")
    draft = None if another else begun(person, JOURNAL)
    model = leaning(person)
    form = from_draft(draft) if draft else fresh(person, skip=[another], model=model)
    return readable_offline(writing_page(request, form, draft=draft, model=model))


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """GET: a clean page, about a moment (`?moment=`) or with a draft (`?draft=`). POST: keep."""
    person = request.user
    if request.method == "POST":
        return _receive(request, EntryForm(request.POST))
    draft_id = uuid_or_none(request.GET.get("draft", ""))
    drafts = Draft.objects.of(person).in_slot(JOURNAL)
    draft = drafts.filter(pk=draft_id).first() if draft_id else None
    about = own_moment(person, request.GET.get("moment", ""))
    form = from_draft(draft) if draft else fresh(person, about=about)
    return writing_page(request, form, draft=draft)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Changing a kept entry; a change that was under way goes on."""
    entry = get_object_or_404(JournalEntry.objects.visible_to(request.user), pk=pk)
    forbid_unless(entry.can_edit(request.user))
    if request.method == "POST":
        return _receive(request, EntryForm(request.POST), entry)
    draft = Draft.objects.of(request.user).filter(pk=pk).first()
    form = from_draft(draft) if draft else from_entry(entry)
    return writing_page(request, form, entry=entry, draft=draft)


@require_POST
def question(request: PersonRequest) -> HttpResponse:
    """Another question, one not shown since the page was opened; what was typed stays."""
    form = EntryForm(request.POST)
    about = own_moment(request.user, str(form["about"].value() or ""))
    prompt = prompt_for(request.user, request.user.now(), about=about, skip=form.waved_on)
    told = form.told(prompt=prompt.id, seen=" ".join(form.waved_on))
    return writing_page(
        request, told, block="prompt", picking=picked_from(request.user, request.POST)
    )


@require_POST
def lean(request: PersonRequest) -> HttpResponse:
    """Chooses the reflection model that questions come from."""
    form = LeaningForm(request.POST)
    if form.is_valid():
        Leaning.objects.update_or_create(
            person=request.user, defaults={"model": form.cleaned_data["model"]}
        )
    return redirect("journal")


def _receive(
    request: PersonRequest, form: EntryForm, entry: JournalEntry | None = None
) -> HttpResponse:
    """What the writing page sent: find colleagues, save a draft, or keep."""
    wish = request.POST.get("as", "keep")
    picking = picked_from(request.user, request.POST)
    if wish == "find":
        told = form.told(visibility=Visibility.PEOPLE)
        return writing_page(request, told, entry=entry, picking=picking)
    nobody = form.is_valid() and form.cleaned_data["visibility"] == Visibility.PEOPLE
    nobody = nobody and not entry and not picking.chosen and wish == "keep"
    if not form.is_valid() or nobody:
        return writing_page(request, form, entry=entry, picking=picking, nobody=nobody, status=422)
    try:
        return (
            _draft(request, form, entry)
            if wish == "draft"
            else _keep(request, form, entry, picking)
        )
    except NotYours:
        raise missing() from None
    except TooLongError:
        form.add_error("text", TOO_LONG)
        return writing_page(request, form, entry=entry, picking=picking, status=422)
    except Conflict as conflict:
        told = form.told(base=conflict.standing.revision)
        other = conflict.standing
        return writing_page(request, told, entry=entry, other=other, picking=picking, status=409)


def _draft(request: PersonRequest, form: EntryForm, entry: JournalEntry | None) -> HttpResponse:
    pk = entry.pk if entry else form.cleaned_data["id"]
    slot = entry_slot(pk) if entry else JOURNAL
    answers = form.cleaned_data
    fields = {name: str(answers[name] or "") for name in ("title", "text", "prompt", "about")}
    save_draft(
        request.user, pk, slot=slot, fields=fields, base=answers["base"], now=request.user.now()
    )  # fmt: skip
    toast(request, _("Saved as a draft. Only you can read it."))
    return done(redirect("journal_edit", pk) if entry else redirect("journal"), pk)


def _keep(
    request: PersonRequest, form: EntryForm, entry: JournalEntry | None, picking: Picking
) -> HttpResponse:
    person = request.user
    answers = form.cleaned_data
    kept = keep(
        person,
        entry.pk if entry else answers["id"],
        title=answers["title"],
        text=answers["text"],
        prompt=form.question,
        about=own_moment(person, str(answers["about"] or "")),
        base=answers["base"],
        now=person.now(),
    )
    if answers["visibility"] == Visibility.PEOPLE and not entry:
        share(kept, with_people=picking.chosen)
        names = ", ".join(reader.name for reader in picking.chosen)
        toast(
            request, _("Kept. They can read it and answer: {names}.").format(names=names), kept=True
        )
    elif answers["visibility"] == GROUP and not entry:
        toast(request, _("Kept. Only you can read it until you post it."), kept=True)
        return done(redirect("journal_post_out", kept.pk), kept.pk)
    elif kept.is_shared:
        toast(request, _("Kept. The people you picked see the new words."))
    else:
        toast(request, _("Kept. Only you can read it."), kept=entry is None)
    back = request.POST.get("back", "")
    return done(
        redirect("today") if back == "today" else redirect("journal_entry", kept.pk), kept.pk
    )
