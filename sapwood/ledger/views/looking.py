"""My moments, and one moment as its owner or a picked colleague sees it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from sapwood.core.pages import readable_offline, render
from sapwood.ledger.filtering import MomentFilter
from sapwood.ledger.models import Moment
from sapwood.ledger.months import stretch, years
from sapwood.ledger.ways import ways_by_ring
from sapwood.people.doors.asking import PersonRequest


def index(request: PersonRequest) -> HttpResponse:
    """One's record by month: searched, filtered, a few months at a time."""
    person = request.user
    today = person.today()
    asked = MomentFilter.read(request.GET, today.year)
    before, only = request.GET.get("before", ""), request.GET.get("month", "")
    shown = stretch(person, asked, today=today, before=before, only=only)
    context = {"asked": asked, "stretch": shown, "today": today}
    if is_piece(request, before, only):
        return render(request, "ledger/moments/index.html", context, block="months")
    mine = Moment.objects.of(person)
    context |= {
        "choices": asked.choices(person),
        "found": shown.found,
        "total": shown.found if asked.is_plain else asked.without_filters().apply(mine).count(),
        "years": years(person),
        "rings": list(ways_by_ring()),
        "only": only,
    }
    return readable_offline(render(request, "ledger/moments/index.html", context, block="list"))


def is_piece(request: PersonRequest, *parts: str) -> bool:
    """True if only older months, or the rest of one month, are asked for."""
    return bool(request.htmx and any(parts))


def show(request: PersonRequest, uid: UUID) -> HttpResponse:
    """One moment; others than its owner read it only while it is shown to them."""
    moments = Moment.objects.visible_to(request.user).select_related("person")
    moment = get_object_or_404(moments, uid=uid)
    context = {"moment": moment, "is_mine": moment.can_edit(request.user)}
    if context["is_mine"]:
        context["shares"] = moment.shares.select_related("person").order_by("person__name")
    return render(request, "ledger/moments/show.html", context, block="row")
