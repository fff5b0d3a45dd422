"""What others can see, the page as someone else, the copy, and erasure."""

from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sapwood.core.pages import render
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.erasure import OnlyAdministratorError, erase_person
from sapwood.people.folding import fold
from sapwood.people.models import AuditEvent, Organisation, Person
from sapwood.people.profile.forms import DAYS
from sapwood.people.profile.page import profile_page
from sapwood.people.visible.circles import rings_of
from sapwood.people.visible.copy import write_copy
from sapwood.people.visible.looks import looks_at
from sapwood.people.visible.proof import proof_required
from sapwood.people.visible.things import things_of


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """Everything held about me, who can see it, and who looked."""
    return _page(request)


def _page(request: PersonRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    things = things_of(request.user)
    values = {
        "things": things,
        "rings": rings_of(things),
        "viewers": _viewers(request.user),
        "looks": looks_at(request.user, timezone.now()),
        "only_administrator": request.user.is_only_administrator,
        "error": error,
        "erasing": bool(error) or "erase" in request.GET,
    }
    return render(request, "people/visible/index.html", values, status=status)


def _viewers(me: Person) -> list[tuple[str, str]]:
    """Who the page can be opened as: (key, words)."""
    viewers = [("anyone", _("Anyone at %(name)s") % {"name": Organisation.current().name})]
    if me.manager:
        viewers.insert(0, ("manager", _("%(name)s, your manager") % {"name": me.manager.name}))
    if administrator := _administrator(me):
        viewers.append(
            ("administrator", _("%(name)s, administrator") % {"name": administrator.name})
        )
    return viewers


def _administrator(me: Person) -> Person | None:
    others = Person.objects.administrators().exclude(pk=me.pk)
    first: Person | None = others.order_by("folded").first()
    return first


@require_GET
def seen_as(request: PersonRequest) -> HttpResponse:
    """One's real page as a manager, an administrator or anyone sees it, to read only."""
    me, key = request.user, request.GET.get("who", "")
    words = dict(_viewers(me)).get(key)
    if words is None:
        raise Http404
    viewer = {"manager": me.manager, "administrator": _administrator(me)}.get(key) or Person()
    who = (
        Person.objects.visible_to(viewer).select_related("unit", "manager").filter(pk=me.pk).first()
    )
    if who is None:
        raise Http404
    values = {"page": profile_page(who, viewer), "days": DAYS, "seen_as": words}
    return render(request, "people/profile/show.html", values)


@require_POST
@proof_required
def take(request: PersonRequest) -> FileResponse:
    """Everything in one zip; the record notes it."""
    now = timezone.now()
    AuditEvent.write("copy_taken", actor=request.user, subject=request.user)
    name = f"sapwood-{now:%Y-%m-%d}.zip"
    return FileResponse(write_copy(request.user, now), as_attachment=True, filename=name)


@require_POST
@proof_required
def erase(request: PersonRequest) -> HttpResponse:
    """Goodbye: asks for the address in writing, erases, and signs out."""
    if fold(request.POST.get("email", "")) != fold(request.user.email):
        return _page(request, error=_("That is not your address. Nothing was erased."), status=422)
    person = Person.objects.get(pk=request.user.pk)
    try:
        erase_person(person)
    except OnlyAdministratorError:
        error = _("You are the only administrator. Name another one first, at the people desk.")
        return _page(request, error=error, status=422)
    logout(request)
    return HttpResponseRedirect(reverse("account_login"))
