"""The year story: true, plain, the same for the same moments, and quiet when there is little."""

import random
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from sapwood.ledger.mixes import Entry
from sapwood.ledger.story import LONGEST, SUBJECTS, tell
from sapwood.ledger.ways import WAYS

TODAY = date(2026, 10, 8)


def days(way: str, *dates: tuple[int, int], **more) -> list[Entry]:
    return [Entry(date(2026, month, day), way, **more) for month, day in dates]


YEAR = [
    *days("read_external", (1, 12), (1, 20), (2, 3), (3, 2)),
    *days("classroom_course", (3, 12), knot="Passed the refresher"),
    *days("facilitated_discussion", (6, 2), (6, 9), (6, 18), (6, 25), (6, 26)),
    *days("facilitated_discussion", (6, 19), knot="Hosted a table"),
    *days("journal_reflection", (9, 1), (9, 4), (9, 15), (9, 24), (10, 7), reflected=True),
    *days("teaching_others", (9, 3), (9, 17)),
    *days("mooc", (2, 14)),
]


def told(moments: list[Entry], year: int = 2026, today: date = TODAY) -> dict[str, str]:
    return {sentence.key: sentence.text for sentence in tell(moments, year, today)}


def test_a_year_in_at_most_eight_true_sentences():
    assert told(YEAR) == {
        "first": (
            "The first moment of 2026 is from 12 January: “Article, blog, newsletter or book”."
        ),
        "quiet": "Between 12 March and 2 June the rings stay quiet.",
        "woke": "Ring 3, daily work, began to grow in September after 33 still weeks.",
        "knots": "You named 2 moments: “Passed the refresher” and “Hosted a table”.",
        "way": ("The way you used most was “Facilitated discussion”, 6 times."),
        "giving": (
            "In 2 moments you were the one who taught, shared or made something for others."
        ),
        "writing": "You wrote about what happened in 4 weeks of the year.",
        "lately": (
            "Since September most of what you kept has come from daily work and your own path."
        ),
    }


def test_arrival_order_never_shows():
    for order in range(5):
        shuffled = YEAR[:]
        random.Random(order).shuffle(shuffled)
        assert tell(shuffled, 2026, TODAY) == tell(YEAR, 2026, TODAY)


def test_nothing_yet_and_nothing_then():
    assert told([]) == {"nothing": "Nothing is kept for 2026 yet. One sentence is enough to begin."}
    assert told(YEAR, year=2025) == {"nothing": "Nothing is kept for 2025."}


def test_one_moment_is_one_sentence():
    assert told(days("web_search", (5, 1))) == {
        "first": "The first moment of 2026 is from 1 May: “Web search”."
    }


def test_a_named_first_moment():
    story = told(days("mooc", (5, 1), knot="Began"))
    assert story["knots"] == "You named one moment: “Began”, on 1 May."
    assert story["outside"] == "1 moment happened outside the organisation."


def test_many_names_are_not_all_listed():
    named = [e for i in range(1, 8) for e in days("mooc", (i, 1), knot=f"K{i}")]
    assert told(named)["knots"] == "You named 7 moments, from “K1” to “K7”."


@pytest.mark.parametrize(
    ("way", "text"),
    [
        ("mooc", "March was the fullest month, and most of it came from resources and challenges."),
        ("community", "March was the fullest month, and most of it happened with other people."),
        ("elearning_module", "March was the fullest month, and most of it was formal training."),
    ],
)
def test_the_fullest_month_says_what_filled_it(way, text):
    moments = days(way, (3, 1), (3, 2), (3, 3)) + days("coaching", (4, 1))
    assert told(moments)["fullest"] == text


def test_a_tie_is_not_called_fullest_nor_most_used():
    moments = days("mooc", (3, 1), (3, 2), (3, 3)) + days("coaching", (4, 1), (4, 2), (4, 3))
    assert not [key for key in told(moments) if key.startswith(("fullest", "way"))]


def test_a_visit_is_not_a_waking():
    start = days("coaching", (1, 1))
    assert "woke" not in told(start + days("community", (6, 1), (6, 2)))
    woken = told(start + days("community", (6, 1), (6, 2), (6, 3)))
    assert woken["woke"] == (
        "Ring 2, with other people, began to grow in June after 21 still weeks."
    )


def test_lately_only_speaks_of_the_year_being_lived():
    now = days("coaching", *[(9, d) for d in range(1, 8)]) + days("mooc", (2, 1))
    assert "lately" in told(now)
    assert "lately" not in told(now, today=date(2027, 1, 2))


def test_any_year_is_short_and_its_keys_are_unique():
    rng = random.Random(7)
    for size in (0, 1, 2, 3, 5, 10, 40, 150, 500):
        moments = [
            Entry(
                date(2026, 1, 1) + timedelta(days=rng.randrange(365)),
                rng.choice(list(WAYS)),
                rng.choice([None, 5]),
                reflected=rng.random() < 0.3,
                knot="Name" if rng.random() < 0.05 else "",
            )
            for _ in range(size)
        ]
        for language in ("en", "pt"):
            with override(language):
                story = tell(moments, 2026, TODAY)
            assert 1 <= len(story) <= LONGEST
            assert len({sentence.key for sentence in story}) == len(story)
            assert {sentence.key for sentence in story} <= {*SUBJECTS, "nothing"}
            assert not [s.text for s in story if "%(" in s.text]
