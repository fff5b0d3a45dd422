"""What the rules look at: a person's own last ninety days, and nothing of anybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sapwood.ledger.mixes import Entry
from sapwood.ledger.models import Moment
from sapwood.ledger.profile import Profile, profile
from sapwood.people.models import Person

WINDOW = 90  # days; mix.yaml profile.window_days
MEMORY = 365  # days read, so that a quiet spell can be told from a beginning
COURSES = {"classroom_course", "elearning_module", "formal_qualification", "mooc"}
JOURNAL = "journal_reflection"


@dataclass(frozen=True)
class Facts:
    """A person's record reduced to what the rules ask about."""

    today: date
    entries: Sequence[Entry]
    profile: Profile
    was_active_before: bool

    @property
    def ways(self) -> set[str]:
        """Ways used in the window."""
        return {entry.way for entry in self.entries}

    @property
    def rings(self) -> set[int]:
        """Rings used in the window."""
        return {entry.ring for entry in self.entries}

    @property
    def still_ring(self) -> int | None:
        """The outermost ring not used in the window; None if all were, or nothing was kept."""
        still = [ring for ring in (3, 2, 1) if ring not in self.rings]
        return still[0] if still and self.entries else None

    @property
    def journal_days(self) -> int:
        """Days with a journal entry among the last 28."""
        since = self.today - timedelta(days=28)
        return len(
            {e.occurred_on for e in self.entries if e.way == JOURNAL and e.occurred_on > since}
        )

    @property
    def unfollowed_course(self) -> Entry | None:
        """The last course of the past 14 days, if nothing was written about it or after it."""
        since = self.today - timedelta(days=14)
        courses = [e for e in self.entries if e.way in COURSES and e.occurred_on >= since]
        if not courses:
            return None
        last = max(courses, key=lambda entry: entry.occurred_on)
        after = any(
            e.occurred_on >= last.occurred_on and (e.way == JOURNAL or e.ring == 3)
            for e in self.entries
        )
        return None if last.reflected or after else last

    @property
    def objectives(self) -> int:
        """The aims used, as a union of bits."""
        union = 0
        for entry in self.entries:
            union |= entry.objectives
        return union

    @property
    def quiet_days(self) -> int | None:
        """Days since the last moment of the window; None if it holds none."""
        days = [entry.occurred_on for entry in self.entries]
        return (self.today - max(days)).days if days else None


def gather(rows: Sequence[Entry], today: date) -> Facts:
    """Facts from entries of the past year, in any order."""
    start = today - timedelta(days=WINDOW)
    window = [row for row in rows if start < row.occurred_on <= today]
    return Facts(
        today=today,
        entries=window,
        profile=profile(window, today),
        was_active_before=any(row.occurred_on <= start for row in rows),
    )


def past_year(person: Person, today: date) -> tuple[list[Entry], datetime | None]:
    """The person's moments of the past year as light records, and when the first of them was kept:
    one query."""
    rows = list(
        Moment.objects.of(person)
        .filter(occurred_on__gt=today - timedelta(days=MEMORY), occurred_on__lte=today)
        .order_by()
        .values_list(
            "created_at",
            "occurred_on",
            "way",
            "minutes",
            "form",
            "place",
            "objectives",
            "reflected",
        )
    )
    first = min((row[0] for row in rows), default=None)
    return [Entry(*row[1:]) for row in rows], first
