"""The tables of activities."""

from sapwood.activities.models.activity import Activity, ActivityQuerySet, Audience, State
from sapwood.activities.models.feed import CalendarFeed
from sapwood.activities.models.participation import Attendance, Participation
from sapwood.activities.models.session import Session
from sapwood.activities.models.step import Step

__all__ = [
    "Activity",
    "ActivityQuerySet",
    "Attendance",
    "Audience",
    "CalendarFeed",
    "Participation",
    "Session",
    "State",
    "Step",
]
