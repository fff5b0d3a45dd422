"""What home keeps: how much company a person wants, what they answered, and edited year stories."""

from sapwood.home.models.guidance import Company, Level, OfferAnswer, Verdict
from sapwood.home.models.story import StoryLine

__all__ = ["Company", "Level", "OfferAnswer", "StoryLine", "Verdict"]
