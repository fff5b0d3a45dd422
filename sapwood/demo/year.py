"""Twelve months of moments: each person has habits of their own, and quiet weeks."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from sapwood.demo.texts import texts
from sapwood.ledger.ways import WAYS, Objective
from sapwood.people.models import Person

RING_ODDS = {0: 4, 1: 26, 2: 22, 3: 48}  # of a hundred moments, before a person's own leaning
OBJECTIVES = (
    (Objective.EMPLOYABILITY, 55),
    (Objective.PERSONAL_FULFILMENT, 20),
    (Objective.EMPLOYABILITY | Objective.SOCIAL_INCLUSION, 10),
    (Objective.SOCIAL_INCLUSION, 6),
    (Objective.ACTIVE_CITIZENSHIP, 9),
)
FAVOURITES = 9  # ways somebody keeps coming back to


def moments_of(
    person: Person, people: list[Person], random: Random, today: date, most: int
) -> Iterator[dict[str, Any]]:
    """Rows for `record_many`, oldest first; `most` is what the busiest would keep in a year."""
    lines, places = texts("moments")[person.language], texts("moments")["places"][person.language]
    colleagues = [p for p in people if p.unit_id == person.unit_id and p != person] or people
    start = max(today - timedelta(days=364), person.joined_on or date.min)
    span = (today - start).days + 1
    count = max(3, round(most * (0.15 + random.random() ** 1.6) * span / 365))
    quiet = random.randrange(0, span)  # three weeks in which nothing is written down
    liked = random.sample([way for way in lines if WAYS[way].ring], FAVOURITES)
    days = sorted(random.randrange(span) for _ in range(count))
    for day in days:
        if quiet <= day < quiet + 21:
            continue
        way = _pick_way(random, lines, liked)
        who = random.choice(colleagues).first_name
        text = random.choice(lines[way]).format(who=who, place=random.choice(places))
        usual = WAYS[way].default_minutes
        yield {
            "person": person,
            "way": way,
            "title": text[0].upper() + text[1:],
            "occurred_on": start + timedelta(days=day),
            "minutes": random.choice([None, usual, max(5, usual // 2), usual]),
            "objectives": _weighted(random, OBJECTIVES) if random.random() < 0.7 else 0,
            "reflected": random.random() < 0.22,
            "intended": random.random() < 0.8,
        }


def _pick_way(random: Random, lines: dict[str, Any], liked: list[str]) -> str:
    if random.random() < 0.6:
        return random.choice(liked)
    ring = _weighted(random, tuple(RING_ODDS.items()))
    return random.choice([way for way in lines if WAYS[way].ring == ring])


def _weighted(random: Random, odds: tuple[tuple[Any, int], ...]) -> Any:
    return random.choices([value for value, _odds in odds], [odd for _value, odd in odds])[0]
