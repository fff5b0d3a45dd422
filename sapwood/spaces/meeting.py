"""When a ritual takes place: by the wall clock of its zone, in summer and winter alike."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sapwood.spaces.models import Rhythm, Ritual

WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2, Rhythm.FOUR_WEEKLY: 4}
MOST = 2000  # days looked through: more than a lifetime of a weekly ritual's year
FIFTH = 5


@dataclass(frozen=True)
class Occurrence:
    """One time that a ritual takes place; both ends carry its zone."""

    ritual: Ritual
    starts: datetime
    ends: datetime

    @property
    def on(self) -> date:
        """Its day where the ritual lives."""
        return self.starts.date()


def nth_of(day: date) -> int:
    """Which of its weekday in the month a day is; the fifth counts as the last (-1)."""
    nth = (day.day - 1) // 7 + 1
    return -1 if nth == FIFTH else nth


def days(ritual: Ritual, since: date) -> Iterator[date]:
    """The days on which it takes place, from `since` on, without an end if it has none."""
    step = WEEKS.get(Rhythm(ritual.rhythm))
    for day in _weekly(ritual, since, step) if step else _monthly(ritual, since):
        if ritual.ended_on and day > ritual.ended_on:
            return
        if day.isoformat() not in ritual.left_out:
            yield day


def _weekly(ritual: Ritual, since: date, step: int) -> Iterator[date]:
    first, gap = ritual.starts_on, timedelta(weeks=step)
    if since > first:
        first += gap * -((first - since) // gap)
    for _turn in range(MOST):
        yield first
        first += gap


def _monthly(ritual: Ritual, since: date) -> Iterator[date]:
    nth, weekday = nth_of(ritual.starts_on), ritual.starts_on.weekday()
    month = max(since, ritual.starts_on).replace(day=1)
    for _turn in range(MOST):
        day = _in_month(month, nth, weekday)
        if day >= max(since, ritual.starts_on):
            yield day
        month = (month + timedelta(days=32)).replace(day=1)


def _in_month(first: date, nth: int, weekday: int) -> date:
    if nth > 0:
        return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=nth - 1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def occurrences(ritual: Ritual, now: datetime) -> Iterator[Occurrence]:
    """Those not over yet, soonest first."""
    zone = ZoneInfo(ritual.time_zone)
    for day in days(ritual, now.astimezone(zone).date() - timedelta(days=1)):
        found = on_day(ritual, day)
        if found.ends > now:
            yield found


def on_day(ritual: Ritual, day: date) -> Occurrence:
    """The occurrence of one day. An hour that the clocks skip is held when they have moved on."""
    zone = ZoneInfo(ritual.time_zone)
    wall = datetime.combine(day, ritual.at, zone)
    starts = wall.astimezone(UTC).astimezone(zone)
    ends = (starts.astimezone(UTC) + timedelta(minutes=ritual.minutes)).astimezone(zone)
    return Occurrence(ritual, starts, ends)


def takes_place_on(ritual: Ritual, day: date) -> bool:
    """True if `day` is one of its days."""
    return next(days(ritual, day), None) == day


def next_together(rituals: Iterable[Ritual], now: datetime) -> Occurrence | None:
    """The soonest occurrence of any of them."""
    soon = [found for ritual in rituals if (found := next(occurrences(ritual, now), None))]
    return min(soon, key=lambda each: each.starts, default=None)
