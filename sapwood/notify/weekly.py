"""The small drawing of a working week: a bar for each day, filled where notices may arrive."""

from dataclasses import dataclass
from datetime import time

from sapwood.notify.rhythm import Week
from sapwood.people.profile.forms import DAYS

LEFT, WIDTH, STEP, TOP, HEIGHT = 38, 360, 21, 6, 15


@dataclass(frozen=True)
class Day:
    """One row: its word, the baseline, and (x, width) of what is filled."""

    word: str
    y: int
    text_y: int
    filled: list[tuple[float, float]]


def week_picture(week: Week) -> list[Day]:
    """Seven rows in the units of the drawing, 400 wide and 176 high."""
    begin, end = _share(week.starts), _share(week.ends)
    rows = []
    for number, (code, word) in enumerate(DAYS):
        works, worked = int(code) in week.days, (int(code) - 1) % 7 in week.days
        spans: list[tuple[float, float]] = []
        if begin < end:
            spans = [(begin, end)] if works else []
        else:  # past midnight: this day's evening, and the morning after the day before
            spans += [(0.0, end)] if worked and end else []
            spans += [(begin, 1.0)] if works else []
        filled = [(round(LEFT + a * WIDTH, 1), round((b - a) * WIDTH, 1)) for a, b in spans]
        y = TOP + number * STEP
        rows.append(Day(str(word), y, y + 12, filled))
    return rows


def _share(clock: time) -> float:
    return (clock.hour * 60 + clock.minute) / (24 * 60)
