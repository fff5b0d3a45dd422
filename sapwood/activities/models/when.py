"""When an activity is, as its page says it: whole days are days, wherever one reads of them."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo


class When:
    """The dates of Activity in words that a reader's time zone cannot move.

    A part of one class in a file of its own: `self` is an Activity.
    """

    @property
    def is_whole_days(self: Any) -> bool:
        """True if it begins and ends with a day of its own time zone."""
        from sapwood.activities.times import day_begins, day_ends

        if self.starts_at is None:
            return False
        first, zone = self._local(self.starts_at).date(), self.time_zone
        if self.starts_at.astimezone(UTC) != day_begins(first, zone).astimezone(UTC):
            return False
        if self.ends_at is None:
            return True
        last = self._local(self.ends_at).date()
        return bool(self.ends_at.astimezone(UTC) == day_ends(last, zone).astimezone(UTC))

    @property
    def starts(self: Any) -> date | datetime | None:
        """Its first day, or the moment it starts where a clock matters."""
        return When._said(self, self.starts_at)

    @property
    def ends(self: Any) -> date | datetime | None:
        """Its last day, or the moment it ends where a clock matters."""
        return When._said(self, self.ends_at)

    def _said(self, moment: datetime | None) -> date | datetime | None:
        return self._local(moment).date() if moment and self.is_whole_days else moment

    def _local(self: Any, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.time_zone))
