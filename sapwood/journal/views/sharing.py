"""Showing an entry to people by name, taking it back, and replies."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sapwood.core.pages import forbid_unless
from sapwood.core.toasts import toast
from sapwood.journal.forms import ReplyForm, uuid_or_none
from sapwood.journal.models import JournalEntry, Reply
from sapwood.journal.sharing import share, take_back
from sapwood.journal.slots import reply_slot
from sapwood.journal.undoing import pack
from sapwood.journal.views.entries import entry_page
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.picking import picked_from
from sapwood.writing.answers import done
from sapwood.writing.drafting import posted


def _own(request: PersonRequest, pk: UUID) -> JournalEntry:
    entry = get_object_or_404(JournalEntry.objects.visible_to(request.user), pk=pk)
    forbid_unless(entry.can_edit(request.user))
    return entry


@require_POST
def create(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Shows the entry to the people picked."""
    entry = _own(request, pk)
    picking = picked_from(request.user, request.POST, without=list(entry.readers.all()))
    if request.POST.get("as") == "find":
        return entry_page(request, entry, picking=picking)
    if not picking.chosen:
        return entry_page(request, entry, picking=picking, nobody=True, status=422)
    share(entry, with_people=picking.chosen)
    names = ", ".join(person.name for person in picking.chosen)
    toast(request, _("They can read it and answer: {names}.").format(names=names))
    return redirect("journal_entry", entry.pk)


@require_POST
def delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Takes the entry back from one person, or from everyone. It is gone for them at once."""
    entry = _own(request, pk)
    one = request.POST.get("person", "")
    reader = get_object_or_404(entry.readers, pk=uuid_or_none(one)) if one else None
    take_back(entry, from_person=reader)
    if reader:
        toast(request, _("{name} can no longer read this.").format(name=reader.name))
    else:
        toast(request, _("Only you can read this now."))
    return redirect("journal_entry", entry.pk)


@require_POST
def reply(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Answers an entry that a colleague shared. Sent twice, it is one reply."""
    entry = get_object_or_404(
        JournalEntry.objects.visible_to(request.user).select_related("person", "about"), pk=pk
    )
    forbid_unless(not entry.can_edit(request.user))
    form = ReplyForm(request.POST, slot=reply_slot(entry.pk))
    if not form.is_valid():
        return entry_page(request, entry, reply=form, status=422)
    kept, _is_new = Reply.objects.get_or_create(
        pk=form.cleaned_data["id"],
        defaults={"entry": entry, "author": request.user, "text": form.cleaned_data["text"]},
    )
    forbid_unless(kept.can_edit(request.user) and kept.entry_id == entry.pk)
    posted(request.user, kept.pk)
    return done(redirect("journal_entry", entry.pk), kept.pk)


@require_http_methods(["GET", "POST"])
def delete_reply(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Deletes one's own reply; the page that answers can bring it back."""
    if request.method == "GET":  # the page was loaded again afterwards
        return redirect("shared_with_me")
    person = request.user
    said = get_object_or_404(Reply.objects.visible_to(person).select_related("entry"), pk=pk)
    forbid_unless(said.can_edit(person))
    note = {
        "text": _("Your reply is gone."),
        "undo": reverse("journal_undo"),
        "payload": pack(person, [said]),
    }
    said.delete()
    return entry_page(request, said.entry, toasts=[note])
