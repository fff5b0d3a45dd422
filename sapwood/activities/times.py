"""Wall clocks and time zones of activities."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator

from sapwood.activities.models import Activity, Session

# Days that every clock on earth can show: a year 1 or 9999 has no moment in some time zones.
OF_OUR_TIME = [MinValueValidator(date(1970, 1, 1)), MaxValueValidator(date(2199, 12, 31))]


def check_zone(activity: Activity) -> None:
    """An activity is timed by the clock of whoever began it."""
    if activity.owner and activity._state.adding:
        activity.time_zone = activity.owner.time_zone


def at(day: date, clock: time, zone: str) -> datetime:
    """The moment when the clock on the wall in `zone` shows `clock` on `day`."""
    return datetime.combine(day, clock, ZoneInfo(zone))


def day_begins(day: date, zone: str) -> datetime:
    """The first moment of a day."""
    return at(day, time.min, zone)


def day_ends(day: date, zone: str) -> datetime:
    """The last second of a day."""
    return at(day, time(23, 59, 59), zone)


def weekly(first: datetime, times: int) -> list[datetime]:
    """`times` moments a week apart on the wall clock of the zone of `first`: 17:30 stays 17:30."""
    return [first + timedelta(weeks=week) for week in range(times)]


def add_sessions(
    activity: Activity, *, first: datetime, minutes: int, times: int = 1, place: str = "",
    link: str = "",
) -> list[Session]:  # fmt: skip
    """Sessions each week from `first`, which carries the zone of the activity."""
    return Session.objects.bulk_create(
        Session(
            activity=activity,
            starts_at=start,
            ends_at=_after(start, minutes),
            place=place,
            link=link,
        )
        for start in weekly(first, times)
    )


def _after(start: datetime, minutes: int) -> datetime:
    """`minutes` later in real time, also across a clock change."""
    zone = start.tzinfo
    return (start.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minutes)).astimezone(zone)
