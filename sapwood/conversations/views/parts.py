"""What several views of conversations do: loading a row, taking files, saying no."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from sapwood.conversations.forms import WordsForm
from sapwood.conversations.models import Message, Thread
from sapwood.conversations.refusing import GroupNotConfirmed, Refused
from sapwood.core.pages import render
from sapwood.people.doors.asking import PersonRequest


def thread_for(request: PersonRequest, pk: UUID) -> Thread:
    """The thread with who opened it and where; 404 if this person may not read it."""
    threads = Thread.objects.visible_to(request.user).for_reader(request.user, f"thread-{pk}")
    return get_object_or_404(threads.select_related("author__unit", "audience"), pk=pk)


def message_for(request: PersonRequest, pk: UUID) -> Message:
    """The message with its thread; 404 if this person may not read it, or it was removed."""
    found = Message.objects.visible_to(request.user).filter(removed_at=None)
    return get_object_or_404(found.select_related("author", "thread__audience"), pk=pk)


def words_back(request: PersonRequest) -> HttpResponse:
    """What somebody wrote for a place they can no longer see: their words, and nothing of it.

    The same for a place that never was, so that it tells nothing. Raises Http404 without words.
    """
    text = "\n\n".join(filter(None, (request.POST.get("title"), request.POST.get("text"))))
    if not text.strip():
        raise Http404
    return render(request, "conversations/back.html", {"text": text[:200_000]}, status=404)


def refuse(form: WordsForm, refused: Refused) -> dict[str, Any]:
    """Puts the reason into the form, and the number that has to be confirmed beside it."""
    if isinstance(refused, GroupNotConfirmed):
        return {"form": form, "calls": refused.people, "asked": refused.text}
    form.add_error("text", str(refused.text))
    return {"form": form}
