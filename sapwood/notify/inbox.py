"""What the inbox shows: rows in words, in sections by age; the pause and the next e-mail beside."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min, Q, Subquery, Sum
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sapwood.notify.abouts import still_seen
from sapwood.notify.kinds import NoticeKind, kind_of
from sapwood.notify.models import Mute, Notice
from sapwood.notify.rhythm import quiet_of, week_of
from sapwood.notify.saying import ago, in_the_letter, threads_and, title_for, until, weekday
from sapwood.notify.wishing import wishes_of
from sapwood.people.models import Person

SHOWN = 25
MONTH = timedelta(days=28)


@dataclass(frozen=True)
class Row:
    """One notice in the reader's words."""

    notice: Notice
    kind: NoticeKind
    ago: str

    @property
    def headline(self) -> str:
        """The line itself."""
        return self.kind.headline(self.notice)

    @property
    def read(self) -> str:
        """Words of the link, if the kind has its own."""
        return self.kind.read(self.notice) if self.kind.read and self.notice.is_new else ""


@dataclass
class Section:
    """Rows of about the same age."""

    key: str
    title: str
    detail: str = ""
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Counts:
    """How much there is, from one query over one person's notices."""

    new: int
    recent: int
    recent_events: int
    weekly: int
    next_due: datetime | None
    next_threads: int
    next_events: int


def counts_of(person: Person, now: datetime) -> Counts:
    """`weekly` is how many events a week there were in the last four; `next_due` is when the next
    e-mail leaves, with so many threads and events."""
    new = Q(read_at__isnull=True, shows_at__lte=now)
    recent = new & Q(shows_at__gte=_yesterday(now))
    rows = Notice.objects.visible_to(person)
    waiting = rows.filter(email_due_at__isnull=False).order_by("email_due_at")
    in_next = Q(email_due_at=Subquery(waiting.values("email_due_at")[:1]))
    found = rows.aggregate(
        new=Count("pk", filter=new),
        recent=Count("pk", filter=recent),
        events=Sum("count", filter=recent),
        month=Sum("count", filter=Q(at__gte=now - MONTH)),
        due=Min("email_due_at"),
        due_threads=Count("pk", filter=in_next),
        due_events=Sum("unsent", filter=in_next),
    )
    return Counts(
        new=found["new"],
        recent=found["recent"],
        recent_events=found["events"] or 0,
        weekly=round((found["month"] or 0) / 4),
        next_due=found["due"],
        next_threads=found["due_threads"],
        next_events=found["due_events"] or 0,
    )


def sections(person: Person, notices: list[Notice], counts: Counts, now: datetime) -> list[Section]:
    """The rows a person may still see, in up to four sections; empty ones are left out."""
    found = [
        Section("new", _("New since yesterday"), threads_and(counts.recent, counts.recent_events)),
        Section("today", _("Earlier today")),
        Section("week", _("Earlier this week")),
        Section("earlier", _("Earlier")),
    ]
    today, monday = _midnight(now, 0), _midnight(now, now.weekday())
    for notice in still_seen(person, notices):
        kind = kind_of(notice)
        shown = notice.shows_at
        if kind is None or shown is None:
            continue
        is_recent = notice.is_new and shown >= _yesterday(now)
        since = (is_recent, shown >= today, shown >= monday, True)
        place = since.index(True)
        found[place].rows.append(Row(notice, kind, ago(notice.at, now)))
    return [section for section in found if section.rows]


def page_of(person: Person, number: int, now: datetime) -> tuple[list[Notice], bool]:
    """One page of rows with their people, and whether more follow. One query at any length."""
    rows = Notice.objects.visible_to(person).showing(now).select_related("actor", "actor_before")
    start = (number - 1) * SHOWN
    found = list(rows[start : start + SHOWN + 1])
    return found[:SHOWN], len(found) > SHOWN


def inbox_context(person: Person, number: int, now: datetime) -> dict[str, Any]:
    """Everything on the page but the form of the settings."""
    quiet = quiet_of(person)
    week = week_of(person, quiet)
    counts = counts_of(person, now)
    notices, has_more = page_of(person, number, now)
    return {
        "title": title_for(counts.new),
        "counts": counts,
        "sections": sections(person, notices, counts, now),
        "number": number,
        "has_more": has_more,
        "quiet": quiet,
        "week": week,
        "wishes": wishes_of(person),
        "letter": _next_letter(counts, now),
        "mutes": list(Mute.objects.filter(person=person).order_by("-at")),
        "pause_until": until(quiet.paused_until, now) if week.is_paused(now) else "",  # type: ignore[arg-type]
        "soon_words": until(soon(now), now),
        "monday_short": _("Until %(day)s") % {"day": weekday(week.next_week(now))},
        "preview": preview_address(),
    }


def soon(now: datetime) -> datetime:
    """The whole hour two to three hours from now: "until 14:00"."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=3)


def preview_address() -> str:
    """Where the next e-mail can be seen before it leaves."""
    try:
        return reverse("letter_preview")
    except NoReverseMatch:
        return ""


def _next_letter(counts: Counts, now: datetime) -> str:
    if counts.next_due is None:
        return ""
    return in_the_letter(counts.next_due, counts.next_threads, counts.next_events, now)


def _yesterday(now: datetime) -> datetime:
    return _midnight(now, 1)


def _midnight(now: datetime, days_ago: int) -> datetime:
    day = now.date() - timedelta(days=days_ago)
    return datetime.combine(day, time.min, now.tzinfo)
