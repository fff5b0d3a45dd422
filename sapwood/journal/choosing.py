"""Which question to ask: a rule without clock or database, the same for the same input.

It matches the moment of day, week and quarter, leaves out what was answered in the last thirty
days, goes from noticing to making sense to changing something over a week, and does not open with
feelings before a person has written anything on an earlier day.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from sapwood.journal.prompts import PROMPTS, STEPS, Prompt

REST = timedelta(days=30)
QUARTER_ENDS = 7  # days before the end of March, June, September, December
MORNING = range(4, 12)
# Where to look when every question of a moment was answered in the last thirty days.
NEXT_BEST: dict[str, tuple[str, ...]] = {
    "start": ("quarter",),
    "end": ("event", "quarter"),
    "week": ("quarter", "end"),
    "quarter": ("week", "end"),
    "event": ("end",),
    "project": ("event",),
    "course": ("event",),
}


class Asked(NamedTuple):
    """A question that was answered, and on which day."""

    prompt_id: str
    on: date


def moment_of(now: datetime, working_days: str = "01234", answered: Iterable[Asked] = ()) -> str:
    """The moment `now` (local time) is: start, end, week or quarter. Monday is working day 0."""
    days = sorted(int(day) for day in working_days) or list(range(5))
    last = monthrange(now.year, now.month)[1]
    is_quarter = now.month % 3 == 0 and last - now.day < QUARTER_ENDS
    if is_quarter and not any(
        PROMPTS[asked.prompt_id].moment == "quarter" for asked in known(answered)
    ):
        return "quarter"
    weekday = now.weekday()
    if weekday not in days or (weekday == days[-1] and now.hour >= MORNING.stop):
        return "week"
    return "start" if now.hour in MORNING else "end"


def known(history: Iterable[Asked]) -> list[Asked]:
    """The part of the history whose questions still exist."""
    return [asked for asked in history if asked.prompt_id in PROMPTS]


def choose_prompt(
    now: datetime,
    history: Sequence[Asked] = (),
    model: str = "",
    seed: str = "",
    *,
    working_days: str = "01234",
    occasion: str = "",
    skip: Iterable[str] = (),
) -> Prompt:
    """The question for `now` (local time), given what the person answered (any order).

    `model` is a reflection model, or "" for a surprise. `occasion` names a moment that the caller
    knows (event, project, course). `skip` are questions waved on just now. When everything that
    fits was answered lately, the one answered longest ago comes back.
    """
    today, past = now.date(), known(history)
    skipped = set(skip)
    moment = occasion or moment_of(now, working_days, past)
    shy = all(asked.on >= today for asked in past)
    recent = {asked.prompt_id for asked in past if today - asked.on < REST}
    wanted = Wanted(now, past, model, seed, working_days)
    pools = list(_pools(moment, model, shy))
    for pool in pools:
        if fresh := [p for p in pool if p.id not in recent and p.id not in skipped]:
            return min(fresh, key=wanted.distance)
    last = {asked.prompt_id: asked.on for asked in sorted(past, key=lambda asked: asked.on)}
    everything = [prompt for pool in pools for prompt in pool]
    left = [prompt for prompt in everything if prompt.id not in skipped] or everything
    return min(left, key=lambda p: (last.get(p.id, date.min), *wanted.distance(p)))


def _pools(moment: str, model: str, shy: bool) -> Iterator[list[Prompt]]:
    """What may be asked, best first: the moment in the model, its neighbours, then any model."""
    moments = (moment, *NEXT_BEST[moment])
    for family in [model, ""] if model in STEPS else [""]:
        for name in moments:
            pool = [p for p in PROMPTS.values() if p.moment == name and family in ("", p.family)]
            if pool := [p for p in pool if not (shy and p.step == "feelings")]:
                yield pool


class Wanted:
    """How far a question is from what suits now: by step or depth first, then by a rota."""

    def __init__(
        self, now: datetime, past: list[Asked], model: str, seed: str, working_days: str
    ) -> None:
        self.today, self.model = now.date(), model
        order = sorted(PROMPTS, key=lambda pid: blake2b(f"{seed}{pid}".encode()).digest())
        self.rota = {pid: place for place, pid in enumerate(order)}
        days = [day for day in working_days if int(day) <= now.weekday()]
        done_today = sum(asked.on == self.today for asked in past)
        self.depth = 1 + (max(len(days) - 1, 0) + done_today) % 3
        steps = STEPS.get(model, [])
        of_model = [a for a in past if PROMPTS[a.prompt_id].family == model]
        latest = max(of_model, key=lambda asked: asked.on, default=None)
        after = steps.index(PROMPTS[latest.prompt_id].step) + 1 if latest and steps else 0
        self.steps = steps[after % len(steps) :] + steps[: after % len(steps)] if steps else []

    def distance(self, prompt: Prompt) -> tuple[int, int]:
        """Smaller suits better; the second number turns with the day, so ties take turns."""
        if prompt.family == self.model and prompt.step in self.steps:
            first = self.steps.index(prompt.step)
        else:
            first = abs(prompt.depth - self.depth)
        return first, (self.rota[prompt.id] - self.today.toordinal()) % len(PROMPTS)
