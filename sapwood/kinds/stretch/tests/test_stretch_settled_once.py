"""Applications that stood before closing and leaving were answered are brought in line."""

from importlib import import_module

import pytest
from django.apps import apps

from sapwood.activities.models import Activity, Participation
from sapwood.kinds.stretch import applying
from sapwood.kinds.stretch.models import Application

pytestmark = pytest.mark.django_db
once = import_module("sapwood.kinds.stretch.migrations.0003_settle_what_stands")


def test_what_stood_open_or_was_left_is_settled(cast, offer: Activity) -> None:
    offer.capacity = 3
    offer.save()
    for person in (cast.ana, cast.dinis):
        applying.agree(applying.apply(offer.stretch, person=person, line="x"), by=cast.bruno)
    applying.apply(offer.stretch, person=cast.clara, line="x")
    Participation.objects.filter(person=cast.ana).update(state="left")  # as it was kept before
    once.settle(apps, None)
    found = {row.person: row.state for row in Application.objects.select_related("person")}
    assert found == {cast.ana: "withdrawn", cast.dinis: "agreed", cast.clara: "asked"}
    Activity.objects.update(state="archived")
    once.settle(apps, None)
    assert Application.objects.get(person=cast.clara).state == "closed"
    assert Application.objects.get(person=cast.dinis).state == "agreed"
    once.unsettle(apps, None)
    assert Application.objects.get(person=cast.clara).state == "asked"
