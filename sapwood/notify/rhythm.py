"""When something may reach somebody: their hours and days, in their time zone, and their pause.

All arithmetic is on wall clocks: "07:30" is 07:30 on both sides of a change of clocks. A time that
a change of clocks skips counts as the same moment an hour on; one that it repeats is the first.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sapwood.notify.models.wishes import Quiet, Rhythm
from sapwood.people.models import Person

DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))
USUAL = Quiet()


@dataclass(frozen=True)
class Week:
    """When one person works, and when their digests come. Days count from Monday, 0."""

    zone: str
    days: frozenset[int]
    starts: time = USUAL.hours_from
    ends: time = USUAL.hours_to
    digest_at: time = USUAL.digest_at
    digest_day: int = USUAL.digest_day
    paused_until: datetime | None = None

    def due(self, rhythm: str, now: datetime) -> datetime | None:
        """When something that happens now reaches them, in UTC; None if never."""
        if rhythm == Rhythm.OFF:
            return None
        free = max(now, self.paused_until or now)
        if rhythm == Rhythm.AT_ONCE:
            return self.next_working(free)
        return next(at for day in self._days_from(free) if (at := self._digest(day, rhythm, free)))

    def is_working(self, now: datetime) -> bool:
        """True within their hours of a working day, whatever the pause."""
        return self.next_working(now) == now

    def is_paused(self, now: datetime) -> bool:
        """True while they asked for quiet."""
        return bool(self.paused_until and self.paused_until > now)

    def next_working(self, now: datetime) -> datetime:
        """`now` within working hours, else the moment they begin."""
        today = self._local(now).date()
        spans = (self._span(today + n * DAY) for n in range(-1, 9))
        return next(max(now, begin) for begin, end in (s for s in spans if s) if now < end)

    def next_week(self, now: datetime) -> datetime:
        """The beginning of work on the first working day of next week: "until Monday"."""
        today = self._local(now).date()
        monday = today + (7 - today.weekday()) * DAY
        return self.next_working(self._at(monday, time.min))

    def _digest(self, day: date, rhythm: str, free: datetime) -> datetime | None:
        if rhythm == Rhythm.DAILY:
            is_day = day.weekday() in self.days
        elif rhythm == Rhythm.WEEKLY:
            is_day = day.weekday() == self.digest_day
        else:  # the first working day of the month
            before = (day.replace(day=n) for n in range(1, day.day))
            is_day = day.weekday() in self.days and not any(
                each.weekday() in self.days for each in before
            )
        at = self._at(day, self.digest_at)
        return at if is_day and at > free else None

    def _days_from(self, now: datetime) -> Any:
        today = self._local(now).date()
        return (today + n * DAY for n in range(70))

    def _span(self, day: date) -> tuple[datetime, datetime] | None:
        """The hours that begin on `day`; those of a night shift end on the next."""
        if day.weekday() not in self.days:
            return None
        last = day if self.starts < self.ends else day + DAY
        return self._at(day, self.starts), self._at(last, self.ends)

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(_zone(self.zone))

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, _zone(self.zone)).astimezone(UTC)


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


# What week_from() takes, as values_list() of Person gives it.
WEEK_FIELDS = (
    "time_zone", "working_days", "quiet__hours_from", "quiet__hours_to", "quiet__digest_at",
    "quiet__digest_day", "quiet__paused_until",
)  # fmt: skip


def week_from(
    zone: str,
    days: str,
    starts: time | None,
    ends: time | None,
    digest_at: time | None,
    digest_day: int | None,
    paused_until: datetime | None,
) -> Week:
    """The week from stored values; None stands for what is usual, no days for every day."""
    return Week(
        zone,
        frozenset(int(day) for day in days) or EVERY_DAY,
        USUAL.hours_from if starts is None else starts,
        USUAL.hours_to if ends is None else ends,
        USUAL.digest_at if digest_at is None else digest_at,
        USUAL.digest_day if digest_day is None else digest_day,
        paused_until,
    )


def quiet_of(person: Person) -> Quiet:
    """Their hours as stored, or the usual ones, unsaved. One query."""
    return Quiet.objects.filter(person=person).first() or Quiet(person=person)


def week_of(person: Person, quiet: Quiet | None = None) -> Week:
    """The week of one person. One query, none if `quiet` is given."""
    quiet = quiet or quiet_of(person)
    return week_from(
        person.time_zone, person.working_days, quiet.hours_from, quiet.hours_to,
        quiet.digest_at, quiet.digest_day, quiet.paused_until,
    )  # fmt: skip
