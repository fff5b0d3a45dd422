"""The counts of the list that a request came from, as they are after one of its rows changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import reverse

from sapwood.ledger.filtering import MomentFilter
from sapwood.ledger.models import Moment
from sapwood.ledger.months import stretch
from sapwood.people.doors.asking import PersonRequest


@dataclass(frozen=True)
class Counted:
    """What the list asks for, how many there are, and a sentence for each month that changed."""

    asked: MomentFilter
    today: date
    total: int
    sentences: dict[str, str]


def counted(request: PersonRequest, days: Iterable[date]) -> Counted | None:
    """The counts beside the rows of these days; nothing where the request is not from the list."""
    page = urlsplit(request.htmx.current_url or "") if request.htmx else None
    if not page or page.path != reverse("moments"):
        return None
    person, today = request.user, request.user.today()
    asked = MomentFilter.read(QueryDict(page.query), today.year)
    sentences = {}
    for key in {f"{day:%Y-%m}" for day in days}:
        months = stretch(person, asked, today=today, only=key).months
        sentences[key] = months[0].sentence if months else ""
    total = asked.without_filters().apply(Moment.objects.of(person)).count()
    return Counted(asked, today, total, sentences)
