"""Reading: one entry, all of one's own, deleting and bringing back."""

from uuid import UUID

from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.core.pages import forbid_unless, readable_offline, render
from sapwood.core.toasts import toast
from sapwood.journal import keeping
from sapwood.journal.forms import ReplyForm
from sapwood.journal.models import JournalEntry, Reply
from sapwood.journal.posting_out import left_standing, take_back, where_it_stands
from sapwood.journal.sharing import moment_made_by
from sapwood.journal.slots import reply_slot
from sapwood.journal.undoing import NowhereToGoError, pack, put_back, rows_of
from sapwood.ledger.models import Visibility
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.picking import Picking
from sapwood.writing.answers import done
from sapwood.writing.models import Draft

PAGE = 20


@require_GET
def entries(request: PersonRequest) -> HttpResponse:
    """One's own entries, newest first, with search (accents don't matter)."""
    return _list(request)


def _list(request: PersonRequest, **more: object) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    shared = "shared" in request.GET
    found = JournalEntry.objects.of(request.user).matching(words).with_readers()
    found = found.filter(visibility=Visibility.PEOPLE) if shared else found
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "shared": shared, "now": request.user.now(), **more}
    return readable_offline(render(request, "journal/entries.html", context, block="list"))


@require_GET
def show(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One entry: to its writer, and to those it is shared with."""
    entry = get_object_or_404(
        JournalEntry.objects.visible_to(request.user).select_related("person", "about"), pk=pk
    )
    return entry_page(request, entry)


def entry_page(
    request: PersonRequest,
    entry: JournalEntry,
    *,
    reply: ReplyForm | None = None,
    picking: Picking | None = None,
    nobody: bool = False,
    status: int = 200,
    toasts: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """The page of an entry, as its writer or as a reader sees it."""
    person = request.user
    mine = entry.can_edit(person)
    replies = Reply.objects.visible_to(person).filter(entry=entry).select_related("author")
    context = {
        "entry": entry,
        "mine": mine,
        "replies": replies,
        "shares": entry.shares.select_related("person__unit") if mine else [],
        "posts": where_it_stands(entry) if mine else [],
        "moment": (entry.about or moment_made_by(entry)) if mine else None,
        "draft": Draft.objects.of(person).filter(pk=entry.pk).first() if mine else None,
        "picking": picking or Picking(),
        "nobody": nobody,
        "form": None if mine else reply or ReplyForm.opened(person, reply_slot(entry.pk)),
    }
    if toasts is not None:
        context["toasts"] = toasts
    page = render(request, "journal/show.html", context, status=status)
    return readable_offline(page) if mine else page  # a colleague can take theirs back


@require_http_methods(["GET", "POST"])
def delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Deletes the entry, its moment and its replies; the page that answers can bring them back."""
    if request.method == "GET":  # the page was loaded again after deleting
        return redirect("journal_entries")
    entry = get_object_or_404(JournalEntry.objects.visible_to(request.user), pk=pk)
    forbid_unless(entry.can_edit(request.user))
    posts, said = where_it_stands(entry), _("The entry and its moment are gone.")
    if request.POST.get("posts"):
        for post in posts:
            take_back(post, now=request.user.now())
        posts = []
    payload = pack(request.user, rows_of(entry))
    keeping.delete(entry)
    return done(gone(request, f"{said} {left_standing(posts)}".strip(), payload), pk)


def gone(request: PersonRequest, text: str, payload: str) -> HttpResponse:
    """One's entries, with a note that can undo; the words are in this page and nowhere else."""
    note = {"text": text, "undo": reverse("journal_undo"), "payload": payload}
    return _list(request, toasts=[note])


@require_POST
def undo(request: PersonRequest) -> HttpResponse:
    """Brings back what the page holds, as it was."""
    try:
        back = put_back(request.user, request.POST.get("payload", ""))
    except BadSignature:
        toast(request, _("This can no longer be brought back: more than an hour has passed."))
        return redirect("journal")
    except NowhereToGoError:
        toast(request, _("It could not come back: the entry is gone or no longer shown to you."))
        return redirect("journal")
    toast(request, _("It is back, as it was."))
    first = back[0] if back else None
    if isinstance(first, Reply):
        return redirect("journal_entry", first.entry_id)
    return (
        redirect("journal_entry", first.pk)
        if isinstance(first, JournalEntry)
        else redirect("journal")
    )
