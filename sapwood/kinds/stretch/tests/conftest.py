"""An offer of a stretch assignment, and asking for a place in it."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from sapwood.activities.models import Activity
from sapwood.kinds.stretch.tests.sample import SAMPLE


@pytest.fixture
def offer(cast: SimpleNamespace, client_of: Callable[[object], Client]) -> Activity:
    """Bruno's, with one place."""
    form = {**SAMPLE, "language": "en", "audience": "everyone", "then": "publish", "places": "1"}
    answer = client_of(cast.bruno).post(reverse("activity_new", args=["stretch"]), form)
    assert answer.status_code == 302, answer.content.decode()
    return Activity.objects.get()
