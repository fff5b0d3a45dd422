"""One thread: reading it, following it, closing it, putting it with another."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.conversations import watching
from sapwood.conversations.forms import WordsForm
from sapwood.conversations.merging import merge
from sapwood.conversations.models import Thread
from sapwood.conversations.page import thread_context
from sapwood.conversations.refusing import Refused
from sapwood.conversations.views.parts import thread_for
from sapwood.core.announcing import announce
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest


@require_GET
def show(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The thread, from what is new; one that was put with another leads there."""
    thread = thread_for(request, pk)
    if thread.merged_into_id:
        return redirect("thread", thread.merged_into_id)
    return thread_page(request, thread)


def thread_page(
    request: PersonRequest,
    thread: Thread,
    *,
    form: WordsForm | None = None,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a thread; `form` holds words that could not be taken."""
    context = thread_context(request, thread, form=form) | (more or {})
    return render(request, "conversations/show.html", context, block="said", status=status)


@require_POST
def watch(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Follows the thread, mutes it, or leaves it at what is usual."""
    thread = thread_for(request, pk)
    how = request.POST.get("how", "")
    if how == "follow":
        watching.follow(request.user, thread)
        toast(request, _("You hear of every answer here."))
    elif how == "mute":
        watching.mute(request.user, thread)
        toast(request, _("You hear nothing more of this thread."))
    else:
        watching.forget(request.user, thread)
    return redirect("thread", thread.pk)


@require_POST
def close(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Closes the thread to new words, or opens it again: who opened it, or who looks after it."""
    thread = thread_for(request, pk)
    looks_after = thread.audience.is_looked_after_by(request.user)
    forbid_unless(looks_after or thread.author_id == request.user.pk)
    thread.is_closed = "open" not in request.POST
    thread.save(update_fields=["is_closed"])
    announce("thread_changed", thread.pk)
    return redirect("thread", thread.pk)


@require_http_methods(["GET", "POST"])
def merge_into(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Puts a question with one that was asked before; for those who look after the group."""
    thread = thread_for(request, pk)
    forbid_unless(thread.audience.is_looked_after_by(request.user))
    problem = ""
    others = (
        Thread.objects.visible_to(request.user)
        .filter(audience=thread.audience)
        .questions()
        .exclude(pk=pk)
    )
    if request.method == "POST":
        into = others.filter(pk=_key(request.POST.get("into", ""), pk)).first()
        try:
            merge(thread, into or thread, by=request.user)
        except Refused as refused:
            problem = str(refused.text)
        else:
            toast(request, _("The two questions are one. Both people keep their words."))
            return redirect("thread", into.pk if into else pk)
    words = request.GET.get("q", "").strip()[:100]
    others = others.filter(title__icontains=words) if words else others
    found = others.select_related("author").order_by("-last_at")[:20]
    context = {"thread": thread, "found": found, "words": words, "problem": problem}
    return render(request, "conversations/merge.html", context, status=422 if problem else 200)


def _key(text: str, otherwise: UUID) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return otherwise
