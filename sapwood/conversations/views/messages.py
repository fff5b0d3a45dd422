"""One message: other words, none any more, earlier ones; reactions and thanks."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sapwood.conversations import watching
from sapwood.conversations.changing import edit, remove
from sapwood.conversations.forms import EditForm, ThanksForm
from sapwood.conversations.models import Audience, Sense
from sapwood.conversations.reacting import givers, react
from sapwood.conversations.reading import read
from sapwood.conversations.refusing import Refused
from sapwood.conversations.views.answers import there
from sapwood.conversations.views.parts import message_for
from sapwood.conversations.words import clean
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.writing.answers import done


@require_http_methods(["GET", "POST"])
def edit_words(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Other words for what one said; the earlier ones stay readable."""
    message = message_for(request, pk)
    forbid_unless(message.can_edit(request.user))
    titled = message.is_opening and message.thread.is_question
    before = {"text": message.text, "title": message.thread.title, "id": message.pk}
    carried = [each.upload for each in message.attachments.select_related("upload")]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    more = {"slot": f"edit-{pk}", "person": request.user, "carried": carried}
    form = EditForm(*sent, titled=titled, initial=before, **more)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            edit(
                message, text=words["text"], title=words.get("title", ""),
                picked=form.picked(), uploads=form.attached, now=request.user.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("text", str(refused.text))
        else:
            return done(there(message), message.pk)
    context = {"message": message, "thread": message.thread, "form": form}
    status = 422 if form.errors else 200
    return render(request, "conversations/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Asks, then takes one's own words away; a stub stays where others answered."""
    message = message_for(request, pk)
    forbid_unless(message.can_edit(request.user))
    if request.method == "GET":
        context = {"message": message, "said": read([message], request.user)[0]}
        return render(request, "conversations/remove.html", context)
    thread = message.thread
    remove(message, now=request.user.now())
    toast(request, _("Your words are gone."))
    if thread.messages.exists():
        return redirect("thread", thread.pk)
    return redirect(thread.audience.home or "/")


@require_GET
def history(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Earlier wordings, newest first; to its author also who reacted."""
    message = message_for(request, pk)
    context = {
        "message": message,
        "revisions": message.revisions.all()[:50],
        "givers": givers(message, request.user) if message.author_id == request.user.pk else [],
    }
    return render(request, "conversations/history.html", context)


@require_http_methods(["POST"])
def reactions(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Gives a reaction, or takes it back: members, and everyone where readers may write."""
    message, person = message_for(request, pk), request.user
    sense = request.POST.get("sense", "")
    may = Audience.objects.readable_by(person).filter(pk=message.thread.audience_id).exists()
    forbid_unless(may and sense in Sense.values and message.author_id != person.pk)
    react(message, person, sense, now=person.now())
    if request.htmx and not request.htmx.boosted:
        context = {"said": read([message], person)[0]}
        return render(request, "conversations/reactions.html", context)
    return there(message)


@require_http_methods(["GET", "POST"])
def thanks(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Thanks who wrote it, privately."""
    message = message_for(request, pk)
    forbid_unless(message.author_id not in {None, request.user.pk})
    form = ThanksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = clean(form.cleaned_data["text"])
        watching.thank(request.user, message, text=words, now=request.user.now())
        toast(request, _("Thanked. Only the two of you know."))
        return there(message)
    context = {"message": message, "said": read([message], request.user)[0], "form": form}
    status = 422 if form.errors else 200
    return render(request, "conversations/thank.html", context, status=status)
