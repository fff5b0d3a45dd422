"""The page to write on: built clean, from a draft or from an entry, with earlier ones beside it."""

from typing import Any

from django.http import HttpResponse

from sapwood.core.ids import uuid7
from sapwood.core.pages import render
from sapwood.journal.forms import EntryForm, uuid_or_none
from sapwood.journal.models import JournalEntry
from sapwood.journal.prompting import leaning, prompt_for
from sapwood.journal.prompts import MODELS, PROMPTS
from sapwood.journal.slots import JOURNAL
from sapwood.ledger.models import Moment
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person
from sapwood.people.picking import Picking
from sapwood.writing.drafting import Standing
from sapwood.writing.models import Draft

EARLIER = 6


def own_moment(person: Person, uid: str) -> Moment | None:
    """One's own moment by its uid; anything else is no moment."""
    key = uuid_or_none(uid)
    return Moment.objects.of(person).filter(uid=key).first() if key else None


def fresh(person: Person, *, about: Moment | None = None, **ask: Any) -> EntryForm:
    """A clean page with the question for now; `ask` goes to prompt_for."""
    prompt = prompt_for(person, person.now(), about=about, **ask)
    uid = about.uid if about else None
    return EntryForm(initial={"id": uuid7(), "base": 0, "prompt": prompt.id, "about": uid})


def from_draft(draft: Draft) -> EntryForm:
    """The page as it was left."""
    return EntryForm(initial=draft.answers)


def from_entry(entry: JournalEntry) -> EntryForm:
    """A kept entry, open for changes."""
    return EntryForm(
        initial={
            "id": entry.pk, "base": entry.revision, "title": entry.title, "text": entry.text,
            "prompt": entry.prompt_id,
        }
    )  # fmt: skip


def writing_page(
    request: PersonRequest,
    form: EntryForm,
    *,
    entry: JournalEntry | None = None,
    draft: Draft | None = None,
    other: Standing | None = None,
    picking: Picking | None = None,
    nobody: bool = False,
    model: str | None = None,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page around a form, or its question alone."""
    person = request.user
    entries = JournalEntry.objects.of(person).with_readers()
    drafts = Draft.objects.of(person).in_slot(JOURNAL)
    if here := uuid_or_none(str(form["id"].value())):
        drafts = drafts.exclude(pk=here)
    context = {
        "form": form,
        "prompt": form.question or PROMPTS["j01"],
        "entry": entry,
        "draft": draft,
        "other": other,
        "picking": picking or Picking(),
        "nobody": nobody,
        "now": person.now(),
    }
    if not block or not getattr(request, "htmx", False):
        context |= {
            "about": own_moment(person, str(form["about"].value() or "")),
            "earlier": entries[:EARLIER],
            "count": JournalEntry.objects.of(person).count(),
            "drafts": [] if entry else drafts[:EARLIER],
            "models": MODELS,
            "leaning": leaning(person) if model is None else model,
        }
    return render(request, "journal/write.html", context, block=block, status=status)
