"""Shared with you: entries, moments and rings of colleagues, newest first, while they show them."""

from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from sapwood.core.pages import render
from sapwood.home.models import YearShare
from sapwood.home.showing import title_of
from sapwood.journal.models import EntryShare
from sapwood.journal.sharing import SOURCE
from sapwood.ledger.models import MomentShare, Visibility
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person

PAGE = 20


@dataclass(frozen=True)
class Shown:
    """One thing someone showed: by whom, when, its first words and where it is."""

    by: Person
    at: datetime
    name: str
    opening: str
    url: str
    kind: str
    ring: int


class SharedWith:
    """Everything shared with a person as one list that a Paginator can cut."""

    def __init__(self, person: Person | UUID) -> None:
        entries = EntryShare.objects.filter(person=person, entry__visibility=Visibility.PEOPLE)
        self.entries = entries.select_related("entry__person").order_by("-shared_at")
        moments = MomentShare.objects.filter(person=person, moment__visibility=Visibility.PEOPLE)
        moments = moments.exclude(moment__source_type=SOURCE)  # its entry stands here already
        self.moments = moments.select_related("moment__person").order_by("-shared_at")
        years = YearShare.objects.filter(person=person)
        self.years = years.select_related("shown__person").order_by("-shared_at")

    def __len__(self) -> int:
        return self.entries.count() + self.moments.count() + self.years.count()

    def __getitem__(self, cut: slice) -> list[Shown]:
        rows = merge(
            map(_entry, self.entries[: cut.stop]),
            map(_moment, self.moments[: cut.stop]),
            map(_year, self.years[: cut.stop]),
            key=lambda shown: shown.at,
            reverse=True,
        )
        return list(rows)[cut]


def _entry(share: EntryShare) -> Shown:
    entry = share.entry
    url = reverse("journal_entry", args=[entry.pk])
    return Shown(entry.person, share.shared_at, entry.name, entry.opening, url, "entry", 3)


def _moment(share: MomentShare) -> Shown:
    moment = share.moment
    url = reverse("moment_show", args=[moment.uid])
    return Shown(moment.person, share.shared_at, moment.title, "", url, "moment", moment.ring)


def _year(share: YearShare) -> Shown:
    shown = share.shown
    url = reverse("shared_rings", args=[shown.person_id, shown.year])
    return Shown(shown.person, share.shared_at, title_of(shown), "", url, "rings", 3)


@require_GET
def shared_with_me(request: PersonRequest) -> HttpResponse:
    """Entries to read and answer, moments and rings that colleagues showed the person by name."""
    things: Any = SharedWith(request.user)
    page = Paginator(things, PAGE).get_page(request.GET.get("page"))
    return render(request, "home/shared.html", {"page": page})
