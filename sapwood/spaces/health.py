"""How a group is doing, for its stewards: counts alone, and of people only from k on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sapwood.conversations.models import Message, Thread
from sapwood.core.formats import number
from sapwood.people.models import Organisation
from sapwood.spaces.models import Space

WEEKS = 4
HOUR = 3600
DAY = 24 * HOUR
TWO_DAYS = 2 * DAY


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    words: str
    value: str


def figures(space: Space, now: datetime) -> list[Figure]:
    """Four weeks of a group in a handful of counts; four queries at any size."""
    since = now - timedelta(weeks=WEEKS)
    k = Organisation.current().minimum_group
    said = Message.objects.standing().filter(thread__audience=space.audience_id, at__gt=since)
    counts = said.aggregate(
        posts=Count("pk", filter=Q(is_opening=True)),
        answers=Count("pk", filter=Q(is_opening=False)),
        people=Count("author", distinct=True),
    )
    joined = space.audience.memberships.active().filter(since__gt=since).count()
    left = space.leavings.filter(at__gt=since).count()
    return [
        Figure(_("Posts and questions"), number(counts["posts"])),
        Figure(_("Answers"), number(counts["answers"])),
        Figure(_("People who wrote"), at_least(counts["people"], k)),
        *_questions(space, since),
        Figure(_("People who joined"), at_least(joined, k)),
        Figure(_("People who left"), at_least(left, k)),
    ]


def at_least(count: int, k: int) -> str:
    """A count of people, or that they are too few to count without naming them."""
    return number(count) if count >= k or count == 0 else _("fewer than %(k)s") % {"k": k}


def _questions(space: Space, since: datetime) -> list[Figure]:
    first = Min(
        "messages__at",
        filter=Q(messages__is_opening=False, messages__removed_at=None, messages__hidden_at=None),
    )
    asked = Thread.objects.questions().filter(audience=space.audience_id, opened_at__gt=since)
    times = [
        (opened, answered)
        for opened, answered in asked.order_by()
        .annotate(first=first)
        .values_list("opened_at", "first")
    ]
    if not times:
        return []
    waits = [(answered - opened).total_seconds() for opened, answered in times if answered]
    share = _("%(n)s of %(all)s") % {"n": number(len(waits)), "all": number(len(times))}
    found = [Figure(_("Questions that were answered"), share)]
    if waits:
        found.append(Figure(_("Half had an answer within"), in_words(median(waits))))
    return found


def in_words(seconds: float) -> str:
    """A wait in the largest unit that fits: minutes, hours, days."""
    if seconds < HOUR:
        n = max(1, round(seconds / 60))
        return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}
    if seconds < TWO_DAYS:
        n = round(seconds / HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}
    n = round(seconds / DAY)
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": number(n)}
