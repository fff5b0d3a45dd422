"""Time zones people live in, found by a part of their name."""

from functools import lru_cache
from zoneinfo import available_timezones

from sapwood.people.folding import fold

REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian",
           "Pacific")  # fmt: skip


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Region/City names in order; UTC last."""
    named = sorted(zone for zone in available_timezones() if zone.startswith(REGIONS))
    return (*named, "UTC")


def find_zone(words: str) -> str:
    """The zone that `words` name: whole, or the one city that fits; else empty."""
    wanted = fold(words).replace(" ", "_")
    whole = [zone for zone in zones() if zone.lower() == wanted]
    if whole or not wanted:
        return whole[0] if whole else ""
    cities = [zone for zone in zones() if zone.lower().rpartition("/")[2] == wanted]
    return cities[0] if len(cities) == 1 else ""
