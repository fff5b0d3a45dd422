"""Reporting, reviewing, deciding, asking again; and the list of hidden words."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.conversations.forms import ReportForm
from sapwood.conversations.models import Case, HiddenWord
from sapwood.conversations.moderating.deciding import appeal, decide, report
from sapwood.conversations.moderating.words import add_words
from sapwood.conversations.reading import read
from sapwood.conversations.refusing import Refused
from sapwood.conversations.views.parts import message_for
from sapwood.conversations.words import clean
from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Role

MOST = 50


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Reports somebody else's words."""
    message = message_for(request, pk)
    forbid_unless(message.author_id != request.user.pk)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report(
            message,
            request.user,
            now=request.user.now(),
            why=form.cleaned_data["why"],
            words=clean(form.cleaned_data["words"]),
        )
        toast(request, _("Thank you. Somebody looks at it, and nobody is told that it was you."))
        return redirect("thread", message.thread_id)
    context = {"message": message, "said": read([message], request.user)[0], "form": form}
    status = 422 if form.errors else 200
    return render(request, "conversations/report.html", context, status=status)


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """What waits for a look, oldest first, and what was decided lately."""
    cases = Case.objects.visible_to(request.user).select_related("message__thread__audience")
    cases = cases.select_related("message__author").prefetch_related("reports")
    waiting = list(cases.waiting()[:MOST])
    mine = request.user.memberships.looking_after().values_list("audience", flat=True)
    closed = cases.filter(message__thread__audience__in=mine)
    decided = list(closed.exclude(state__in=("open", "appealed")).order_by("-decided_at")[:10])
    context = {
        "waiting": _drawn(request, waiting), "decided": _drawn(request, decided),
        "mine": set(mine),
    }  # fmt: skip
    return render(request, "conversations/review.html", context)


def _drawn(request: PersonRequest, cases: list[Case]) -> list[tuple[Case, object]]:
    said = read([case.message for case in cases], request.user)
    return list(zip(cases, said, strict=True))


@require_POST
def update(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Decides."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    try:
        decide(
            case, by=request.user, hide="hide" in request.POST, now=request.user.now(),
            reason=request.POST.get("reason", "")[:500],
        )  # fmt: skip
    except Refused as refused:
        toast(request, str(refused.text))
    else:
        toast(request, _("Decided. Who wrote it reads your reason, not your name."))
    return redirect("review")


@require_POST
def ask_again(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The author of hidden words asks for another look."""
    case = get_object_or_404(Case.objects.told_to(request.user).select_related("message"), pk=pk)
    try:
        appeal(case, words=request.POST.get("words", ""), now=request.user.now())
        toast(request, _("Somebody else looks at it now. You hear what they decide."))
    except Refused as refused:
        toast(request, str(refused.text))
    return redirect("thread", case.message.thread_id)


@require_http_methods(["GET", "POST"])
def words(request: PersonRequest) -> HttpResponse:
    """The list of words that wait for a look; for L&D."""
    forbid_unless(request.user.has_role(Role.STEWARD))
    if request.method == "POST":
        if "remove" in request.POST:
            HiddenWord.objects.filter(folded=request.POST["remove"]).delete()
        else:
            add_words(request.POST.get("words", "")[:20_000])
        return redirect("hidden_words")
    return render(request, "conversations/words.html", {"listed": HiddenWord.objects.all()})
