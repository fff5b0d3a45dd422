"""Answering; saying which answers worked, and whether they still hold."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sapwood.conversations import reacting
from sapwood.conversations.forms import WordsForm
from sapwood.conversations.models import Message
from sapwood.conversations.page import slot_of
from sapwood.conversations.posting import answer
from sapwood.conversations.refusing import Refused
from sapwood.conversations.views.parts import message_for, refuse, thread_for, words_back
from sapwood.conversations.views.threads import thread_page
from sapwood.core.pages import forbid_unless
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.writing.answers import done
from sapwood.writing.drafting import posted


def there(message: Message) -> HttpResponse:
    """The message on its page."""
    return redirect(f"{message.thread.get_absolute_url()}#m-{message.pk}")


@require_POST
def create(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Says something under a thread. Sent twice, it is said once."""
    try:
        thread, person = thread_for(request, pk), request.user
    except Http404:
        return words_back(request)
    form = WordsForm(request.POST, request.FILES, slot=slot_of(thread), person=person)
    if not form.is_valid():
        return thread_page(request, thread, form=form, status=422)
    try:
        with transaction.atomic():
            message = answer(person, thread, now=person.now(), **form.taken())
            posted(person, form.cleaned_data["id"])
    except Refused as refused:
        more = refuse(form, refused)
        return thread_page(request, thread, form=form, more=more, status=422)
    return done(there(message), message.pk)


@require_POST
def accepted(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Who asked says that an answer worked, or takes that back."""
    message = message_for(request, pk)
    forbid_unless(message.thread.can_accept(request.user) and not message.is_opening)
    if "back" in request.POST:
        reacting.unaccept(message)
    else:
        reacting.accept(message, now=request.user.now())
    return there(message)


@require_POST
def truth(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Still true, or changed: its author, who asked, or who looks after the group."""
    message, person = message_for(request, pk), request.user
    is_near = person.pk in {message.author_id, message.thread.author_id}
    forbid_unless(is_near or message.thread.audience.is_looked_after_by(person))
    if "changed" in request.POST:
        reacting.has_changed(message, now=person.now())
        toast(request, _("The question is open again, and the answer stays to read."))
    elif message.is_accepted:
        reacting.still_true(message, now=person.now())
        toast(request, _("Thank you. You are asked again in a year."))
    return there(message)
