"""What home keeps: how much company a person wants, their answers, year stories, shown rings."""

from sapwood.home.models.guidance import Company, Level, OfferAnswer, Verdict
from sapwood.home.models.shown import ShownYear, YearShare
from sapwood.home.models.story import StoryLine

__all__ = [
    "Company", "Level", "OfferAnswer", "ShownYear", "StoryLine", "Verdict", "YearShare",
]  # fmt: skip
