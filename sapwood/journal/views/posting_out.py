"""Showing an entry, or a piece of it, in a group; and taking it back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sapwood.conversations.refusing import GroupNotConfirmed, Refused
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.journal.forms import PostOutForm, uuid_or_none
from sapwood.journal.models import EntryPost, JournalEntry
from sapwood.journal.posting_out import groups_for, post_out, take_back
from sapwood.journal.slots import group_slot
from sapwood.people.doors.asking import PersonRequest
from sapwood.writing.answers import done
from sapwood.writing.drafting import posted


def _own(request: PersonRequest, pk: UUID) -> JournalEntry:
    seen = JournalEntry.objects.visible_to(request.user).select_related("person")
    entry = get_object_or_404(seen, pk=pk)
    forbid_unless(entry.can_edit(request.user))
    return entry


@require_http_methods(["GET", "POST"])
def create(request: PersonRequest, pk: UUID) -> HttpResponse:
    """GET: which group, and which words. POST: a copy of them goes there."""
    entry, person = _own(request, pk), request.user
    groups, slot = groups_for(person), group_slot(entry.pk)
    if request.method == "GET":
        form = PostOutForm.opened(person, slot, text=entry.text)
        return _page(request, entry, groups, form)
    form = PostOutForm(request.POST, slot=slot)
    chosen = uuid_or_none(request.POST.get("group", ""))
    space = next((group.space for group in groups if group.space.pk == chosen), None)
    if not form.is_valid() or space is None:
        return _page(request, entry, groups, form, nowhere=space is None, status=422)
    given = form.cleaned_data
    try:
        post_out(
            entry, space, key=given["id"], text=given["text"], now=person.now(),
            confirmed=given["confirmed"],
        )  # fmt: skip
    except Refused as refused:
        form.add_error("text", str(refused))
        calls = refused.people if isinstance(refused, GroupNotConfirmed) else None
        return _page(request, entry, groups, form, chosen=space.pk, calls=calls, status=422)
    posted(person, given["id"])
    toast(request, _("Posted in {group}. The entry stays as it was.").format(group=space.name))
    return done(redirect("journal_entry", entry.pk), given["id"])


def _page(
    request: PersonRequest,
    entry: JournalEntry,
    groups: list[Any],
    form: PostOutForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"entry": entry, "groups": groups, "form": form, "nowhere": False, "calls": None}
    context["chosen"] = uuid_or_none(request.POST.get("group", ""))
    return render(request, "journal/post_out.html", context | more, status=status)


@require_POST
def delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Takes one copy back."""
    entry = _own(request, pk)
    own = EntryPost.objects.of(request.user).select_related("thread__audience")
    key = uuid_or_none(request.POST.get("post", ""))
    post = get_object_or_404(own, pk=key, entry=entry)
    take_back(post, now=request.user.now())
    name = post.thread.audience.name
    toast(request, _("Taken back. The words are gone from {group}.").format(group=name))
    return redirect("journal_entry", entry.pk)
