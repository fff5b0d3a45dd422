"""A group of Ana's with Bruno in it, and things of his."""

from typing import Any

import pytest

from sapwood.activities.models import Activity
from sapwood.conversations.models import Membership
from sapwood.spaces.models import Space


@pytest.fixture
def group(cast: Any) -> Any:
    """A function that founds a group of Ana's; Bruno belongs."""

    def make(openness: str = "closed", name: str = "Leak Detectives") -> Space:
        space = Space.objects.create(name=name, openness=openness, founded_by=cast.ana)
        for person, role in ((cast.ana, "steward"), (cast.bruno, "member")):
            Membership.objects.create(audience=space.audience, person=person, role=role)
        return space

    return make


@pytest.fixture
def thing(cast: Any) -> Any:
    """A function that makes an article of Bruno's, published for everyone unless told otherwise."""

    def make(**more: Any) -> Activity:
        values = {
            "kind": "resource", "title": "Ten sounds of a pipe", "way": "job_aid",
            "owner": cast.bruno, "state": "published",
        }  # fmt: skip
        made = Activity.objects.create(**{**values, **more})
        made.refresh()
        return made

    return make
