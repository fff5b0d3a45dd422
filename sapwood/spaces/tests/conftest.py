"""Groups that Ana founded, with Bruno in them."""

from typing import Any

import pytest
from django.utils import timezone

from sapwood.conversations.models import Membership
from sapwood.spaces.models import Space


@pytest.fixture
def now() -> Any:
    """The present."""
    return timezone.now()


@pytest.fixture
def make_space(cast: Any) -> Any:
    """A function that founds a group of Ana's with these members."""

    def make(openness: str = "open", *members: Any, **more: Any) -> Space:
        values = {"name": "Leak Detectives", "purpose": "We find water", "founded_by": cast.ana}
        space = Space.objects.create(openness=openness, **{**values, **more})
        for person in (cast.ana, *members):
            role = "steward" if person == cast.ana else "member"
            Membership.objects.create(audience=space.audience, person=person, role=role)
        return space

    return make
