"""Add a moment: the sheet, the guess, what a phone or a browser shares, and what a queue sends."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sapwood.core.formats import FILTERS
from sapwood.core.ids import uuid7
from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.ledger.forms import AddForm
from sapwood.ledger.guess import Guess
from sapwood.ledger.keeping import keep
from sapwood.ledger.learning import guess_for
from sapwood.ledger.models import LONGEST, Moment
from sapwood.ledger.ways import WAYS
from sapwood.people.doors.asking import PersonRequest

PAGE = "ledger/moments/new.html"


def new(request: PersonRequest) -> HttpResponse:
    """The sheet; what was shared from elsewhere is already in it."""
    if request.method == "POST":
        return create(request)
    form = AddForm(person=request.user, initial={"title": shared_text(request)[:LONGEST]})
    return _sheet(request, form, block="rising" if _in_sheet(request) else "form")


def create(request: PersonRequest) -> HttpResponse:
    """Keeps the moment, or says in the same sheet what is missing."""
    form = AddForm(request.POST, person=request.user)
    if request.POST.get("as") == "find":
        return _sheet(request, _unjudged(form))
    if not form.is_valid():
        return _refused(request, form)
    moment = keep(request.user, form.cleaned_data, form.facts)
    if _wants_json(request):
        return JsonResponse({"uid": str(moment.uid)}, status=201)
    if request.POST.get("as") == "another":
        return _another(request, moment)
    if "sheet" in request.POST and request.htmx:
        context = {"moment": moment, "words": kept_words(moment)}
        return _told(render(request, PAGE, context, block="kept"))
    return _kept(request, moment)


@require_POST
def guess(request: PersonRequest) -> HttpResponse:
    """The way that the words so far look like; nothing is kept, nothing stands in an address."""
    return _sheet(request, _unjudged(AddForm(request.POST, person=request.user)), block="guess")


def proposal(request: PersonRequest, text: str) -> Guess | None:
    """The guess for a text, with ways as data; nothing for an empty one."""
    return guess_for(request.user, text) if text.strip() else None


def shared_text(request: PersonRequest) -> str:
    """Title, text and address from a share sheet or the bookmarklet, each once, in one line."""
    parts: list[str] = []
    for name in ("title", "text", "url"):
        part = " ".join(request.GET.get(name, "").split())
        if part and not any(part in other for other in parts):
            parts = [other for other in parts if other not in part]
            parts.append(part)
    return " ".join(parts)


def _sheet(
    request: PersonRequest, form: AddForm, *, block: str = "form", **more: Any
) -> HttpResponse:
    text = (form["title"].value() or "")[:LONGEST]
    context = {
        "form": form,
        "guess": proposal(request, text),
        "in_sheet": _in_sheet(request) or "sheet" in request.POST,
        "client_key": form["client_key"].value() or uuid7(),
        "cut": len(shared_text(request)) > LONGEST,
        "kept_one": False,
        "ways": WAYS,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, PAGE, {**context, **more}, block=block, status=status)


def _another(request: PersonRequest, moment: Moment) -> HttpResponse:
    if not request.htmx:
        toast(request, kept_words(moment), undo=reverse("moment_take_back", args=[moment.uid]))
        return HttpResponseRedirect(reverse("moment_new"))
    response = _sheet(request, AddForm(person=request.user), kept_one=True)
    return _told(response)


def _kept(request: PersonRequest, moment: Moment) -> HttpResponse:
    toast(request, kept_words(moment), undo=reverse("moment_take_back", args=[moment.uid]))
    if not request.htmx:
        return HttpResponseRedirect(reverse("moments"))
    return _told(HttpResponse(headers={"HX-Redirect": reverse("moments")}))


def _told(response: HttpResponse) -> HttpResponse:
    """The same answer, saying to scripts that the moment is kept and its draft can go."""
    response.headers["X-Kept"] = "moment"
    return response


def _refused(request: PersonRequest, form: AddForm) -> HttpResponse:
    if not _wants_json(request):
        return _sheet(request, form)
    words = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"errors": words}, status=422)


def kept_words(moment: Moment) -> str:
    """What was kept, for when, and who sees it."""
    today = moment.person.today()
    if moment.is_shared:
        return _("Kept. You and the people you picked can see it.")
    if moment.occurred_on == today:
        return _("Kept for today. Only you can see it.")
    day = FILTERS["daymonth"](moment.occurred_on)
    return _("Kept for %(day)s. Only you can see it.") % {"day": day}


def _unjudged(form: AddForm) -> AddForm:
    """The same words, not yet looked at for mistakes."""
    form.forget_mistakes()
    return form


def _in_sheet(request: PersonRequest) -> bool:
    return "#sheet" in (request.headers.get("HX-Target") or "")


def _wants_json(request: PersonRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
