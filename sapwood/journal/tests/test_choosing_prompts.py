"""Which question is asked when."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sapwood.journal.choosing import NEXT_BEST, Asked, choose_prompt, moment_of
from sapwood.journal.prompts import MODELS, MOMENTS, PROMPTS, STEPS

LISBON = ZoneInfo("Europe/Lisbon")


def at(day: str, hour: int = 18) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=LISBON)


LONG_AGO = [Asked("j38", date(2026, 1, 5))]


def test_forty_prompts_all_known():
    assert len(PROMPTS) == 40
    assert {p.moment for p in PROMPTS.values()} == set(MOMENTS) == set(NEXT_BEST)
    assert all(p.step in STEPS[p.family] for p in PROMPTS.values())
    assert set(MODELS) == {"", *STEPS}


@pytest.mark.parametrize(
    ("now", "days", "moment"),
    [
        (at("2026-10-07", 8), "01234", "start"),
        (at("2026-10-07", 12), "01234", "end"),
        (at("2026-10-07", 3), "01234", "end"),
        (at("2026-10-09", 9), "01234", "start"),
        (at("2026-10-09", 16), "01234", "week"),
        (at("2026-10-10", 10), "01234", "week"),
        (at("2026-10-09", 16), "12345", "end"),
        (at("2026-10-10", 16), "12345", "week"),
        (at("2026-09-25", 16), "01234", "quarter"),
        (at("2026-09-23", 16), "01234", "end"),
        (at("2026-10-09", 16), "", "week"),
    ],
)
def test_moment_follows_the_clock_and_working_days(now, days, moment):
    assert moment_of(now, days) == moment


def test_quarter_asks_once_a_quarter():
    answered = [Asked("j36", date(2026, 9, 25))]
    assert moment_of(at("2026-09-28"), "01234", answered) == "end"


def test_same_input_same_question():
    assert choose_prompt(at("2026-10-07"), seed="a") == choose_prompt(at("2026-10-07"), seed="a")


def test_people_get_different_questions():
    asked = {choose_prompt(at("2026-10-05"), seed=str(seed)).id for seed in range(30)}
    assert len(asked) > 1


def test_question_fits_the_moment():
    assert choose_prompt(at("2026-10-07", 8)).moment == "start"
    assert choose_prompt(at("2026-10-07", 18)).moment == "end"
    assert choose_prompt(at("2026-10-09", 18)).moment == "week"
    assert choose_prompt(at("2026-10-07"), occasion="course").moment == "course"
    assert choose_prompt(at("2026-10-07"), occasion="project").moment == "project"


def test_nothing_repeats_within_thirty_days_of_daily_writing_at_work():
    history, now, last = [], at("2026-10-05"), {}
    for day in range(120):
        evening = now + timedelta(days=day)
        if evening.weekday() > 4:
            continue
        prompt = choose_prompt(evening, history, seed="ana")
        if prompt.id in last:
            assert (evening.date() - last[prompt.id]).days >= 30, f"{prompt.id} on day {day}"
        last[prompt.id] = evening.date()
        history.append(Asked(prompt.id, evening.date()))


def test_depth_alternates_over_the_week():
    depths = [
        choose_prompt(at(f"2026-10-{day:02}"), LONG_AGO, seed="ana").depth for day in (5, 6, 7, 8)
    ]
    assert depths == [1, 2, 3, 1]


def test_a_second_question_on_a_day_goes_deeper():
    history = [*LONG_AGO, Asked("j01", date(2026, 10, 5))]
    assert choose_prompt(at("2026-10-05"), history, seed="ana").depth == 2


@pytest.mark.parametrize("seed", [str(number) for number in range(40)])
def test_day_one_never_opens_with_feelings(seed):
    today = at("2026-10-05")
    assert choose_prompt(today, [], seed=seed).step != "feelings"
    assert choose_prompt(today, [], "gibbs", seed).step != "feelings"
    first_day = [Asked("j01", today.date())]
    assert choose_prompt(today, first_day, "gibbs", seed).step != "feelings"


def test_feelings_may_come_later():
    assert choose_prompt(at("2026-10-06"), LONG_AGO, "gibbs").id == "j06"


def test_chosen_model_goes_step_by_step():
    history, steps = [], []
    for day in range(4):
        now = at("2026-10-05") + timedelta(days=day)
        prompt = choose_prompt(now, history, "aar", occasion="project")
        history.append(Asked(prompt.id, now.date()))
        steps.append(prompt.model)
    assert steps == ["aar.expected", "aar.actual", "aar.why", "aar.next"]


def test_another_question_is_another_one():
    seen: list[str] = []
    for _ in range(12):
        prompt = choose_prompt(at("2026-10-07"), skip=seen)
        assert prompt.id not in seen
        seen.append(prompt.id)


def test_when_all_were_asked_lately_the_oldest_comes_back():
    now = at("2026-10-07")
    history = [Asked(pid, now.date() - timedelta(days=5)) for pid in PROMPTS if pid != "j15"]
    history.append(Asked("j15", now.date() - timedelta(days=20)))
    assert choose_prompt(now, history).id == "j15"
    assert choose_prompt(now, history, skip=list(PROMPTS)).id == "j15"


def test_unknown_history_is_ignored():
    assert choose_prompt(at("2026-10-07"), [Asked("gone", date(2026, 10, 1))]) is not None
