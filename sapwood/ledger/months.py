"""A record month by month: which months a page shows, their rows, and a true sentence each."""

import re
from calendar import day_name, month_name
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Prefetch, prefetch_related_objects
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sapwood.core.prepared import Prepared
from sapwood.ledger.filtering import MomentFilter
from sapwood.ledger.models import Moment, MomentQuerySet, MomentShare
from sapwood.ledger.ways import WAYS
from sapwood.people.models import Person

PAGE = 24  # moments: whole months are added until there are so many
SHOWN = 8  # rows of one month before "18 more"
QUIET = 3  # up to so many in a whole month is a quiet one
OFTEN = 3  # times a name must come up to be worth a word
MOST = 0.6  # of a month in one ring makes it "mostly" that
NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][a-zß-ÿ]{2,}(?: [A-ZÀ-Þ][a-zß-ÿ]+)?")
CALENDAR = {*month_name, *day_name}
MOSTLY = {
    0: gettext_lazy("Mostly formal training."),
    1: gettext_lazy("Mostly resources and challenges."),
    2: gettext_lazy("Mostly with other people."),
    3: gettext_lazy("Mostly daily work."),
}


@dataclass(frozen=True)
class Month:
    """One month: its first day, its rows, how many more there are, and a sentence."""

    first: date
    rows: Sequence[Moment]
    more: int
    sentence: str

    @property
    def key(self) -> str:
        """2026-10, as addresses and ids write it."""
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True)
class Stretch:
    """The months one page shows, where the older ones begin ("" if nowhere), and how many fit."""

    months: Sequence[Month]
    older: str
    found: int


def stretch(
    person: Person, asked: MomentFilter, *, today: date, before: str = "", only: str = ""
) -> Stretch:
    """The months of this question, newest first: from `before` on, or one month whole."""
    found = asked.apply(Moment.objects.of(person))
    counted = dict(found.annotate(month=TruncMonth("occurred_on")).order_by("-month")
                   .values_list("month").annotate(n=Count("pk")))  # fmt: skip
    wanted, older = _page(counted, before, only)
    if not wanted:
        return Stretch([], "", sum(counted.values()))
    rows = list(found.filter(occurred_on__gte=wanted[-1], occurred_on__lt=_next(wanted[0])))
    firsts = _first_uses(Moment.objects.of(person)) if asked.is_plain else {}
    months = []
    for first in wanted:
        own = [row for row in rows if row.occurred_on.replace(day=1) == first]
        shown = own if only else own[:SHOWN]
        words = sentence(own, first, firsts, today) if asked.is_plain else _matching(len(own))
        months.append(Month(first, shown, len(own) - len(shown), words))
    _with_readers(row for month in months for row in month.rows if row.is_shared)
    return Stretch(months, older, sum(counted.values()))


def sentence(moments: Sequence[Moment], first: date, firsts: dict[str, date], today: date) -> str:
    """How many, and the one thing worth saying about them, if there is one."""
    n = len(moments)
    if first == today.replace(day=1):
        so_far = ngettext("%(n)s so far.", "%(n)s so far.", n) % {"n": n}
        return " ".join([so_far, *_remark(moments, firsts)])
    if n <= QUIET:
        return f"{n}. " + _("A quiet month looks quiet.")
    remark = _remark(moments, firsts)
    if not remark:
        return ngettext("%(n)s moment.", "%(n)s moments.", n) % {"n": n}
    return " ".join([f"{n}.", *remark])


def _remark(moments: Sequence[Moment], firsts: dict[str, date]) -> list[str]:
    """A name that comes up, a way never used before, or what most of it was."""
    name, times = _often_named([moment.title for moment in moments])
    if times >= OFTEN:
        return [_("%(name)s comes up %(times)s times.") % {"name": name, "times": times}]
    new = [m for m in reversed(moments) if firsts.get(m.way) == m.occurred_on]
    if new and len(new) < len(moments):
        return [_("New: %(way)s.") % {"way": _lower(WAYS[new[0].way].name)}]
    ring, share = Counter(m.ring for m in moments).most_common(1)[0]
    if len(moments) > QUIET and share / len(moments) >= MOST:
        return [str(MOSTLY[ring])]
    return []


def _often_named(titles: Sequence[str]) -> tuple[str, int]:
    """The name that most titles hold; a word counts as one if it is large within a sentence."""
    names = {name for title in titles for name in NAME.findall(title)} - CALENDAR
    times = Counter(name for name in sorted(names) for title in titles if name in title)
    return next(iter(times.most_common(1)), ("", 0))


def years(person: Person) -> list[int]:
    """The years that hold a moment, newest first."""
    return [day.year for day in _years(person=person.pk)]


_years = Prepared(
    lambda person: Moment.objects.filter(person=person).dates("occurred_on", "year", "DESC")
)


def _page(counted: dict[date, int], before: str, only: str) -> tuple[list[date], str]:
    months = [m for m in counted if not before or f"{m:%Y-%m}" <= before]
    if only:
        return [m for m in months if f"{m:%Y-%m}" == only], ""
    wanted: list[date] = []
    size = 0
    for month in months:
        if wanted and size + min(counted[month], SHOWN) > PAGE:
            return wanted, f"{month:%Y-%m}"
        wanted.append(month)
        size += min(counted[month], SHOWN)
    return wanted, ""


def _first_uses(moments: MomentQuerySet) -> dict[str, date]:
    return dict(moments.order_by().values_list("way").annotate(first=Min("occurred_on")))


def _with_readers(moments: Iterable[Moment]) -> None:
    readers = MomentShare.objects.select_related("person").order_by("person__name")
    prefetch_related_objects(list(moments), Prefetch("shares", readers))


def _matching(n: int) -> str:
    return ngettext("%(n)s here.", "%(n)s here.", n) % {"n": n}


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _lower(name: str) -> str:
    """A name inside a sentence: its first letter small, unless it is an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
