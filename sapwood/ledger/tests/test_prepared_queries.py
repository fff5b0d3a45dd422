"""A question compiled once gives what the queryset would give, each time with its own values."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest

from sapwood.core.prepared import Prepared
from sapwood.ledger.models import Moment
from sapwood.ledger.tests.test_moments_pages import keep
from sapwood.people.models import Person


def test_values_go_where_they_belong(cast: SimpleNamespace) -> None:
    by_name = Prepared(
        lambda pk, name, at: (
            Person.objects.filter(pk=pk, name=name, created_at__lt=at)
            .select_related("unit")
            .order_by("name")
        )
    )
    later = datetime(2200, 1, 1, tzinfo=UTC)
    for person in (cast.ana, cast.bruno, cast.dinis):
        found = by_name(pk=person.pk, name=person.name, at=later)
        assert found == [person]
        assert found[0].unit == person.unit
        assert by_name(pk=person.pk, name="Nobody %s' OR 1=1 --", at=later) == []
    assert by_name(pk=cast.ana.pk, name=cast.ana.name, at=cast.ana.created_at) == []


def test_days_numbers_and_unions(cast: SimpleNamespace) -> None:
    day = date(2026, 3, 4)
    keep(cast.ana, "one", occurred_on=day, minutes=30)
    keep(cast.bruno, "two", occurred_on=day, minutes=30)
    long_ones = Prepared(
        lambda person, since, minutes: (
            Moment.objects.filter(person=person, occurred_on__gte=since)
            .order_by()
            .values_list("title", flat=True)
            .union(
                Moment.objects.filter(minutes=minutes).order_by().values_list("title", flat=True)
            )
        )
    )
    assert sorted(long_ones(person=cast.ana.pk, since=day, minutes=30)) == ["one", "two"]
    assert long_ones(person=cast.ana.pk, since=day, minutes=31) == ["one"]
    assert long_ones(person=uuid4(), since=day, minutes=31) == []


def test_each_shape_is_a_question_of_its_own(cast: SimpleNamespace) -> None:
    some = Prepared(
        lambda how_many, **keys: Person.objects.filter(pk__in=list(keys.values())).order_by("name")
    )
    assert some(1, a=cast.ana.pk) == [cast.ana]
    assert some(2, a=cast.dinis.pk, b=cast.bruno.pk) == [cast.bruno, cast.dinis]
    assert some(1, a=cast.clara.pk) == [cast.clara]
    assert some(0) == []


def test_what_it_cannot_hold_is_refused(cast: SimpleNamespace) -> None:
    managed = Prepared(lambda manager: Person.objects.filter(manager=manager))
    assert managed(manager=cast.bruno.pk) == [cast.ana]
    with pytest.raises(TypeError, match="IS NULL"):
        managed(manager=None)
    with pytest.raises(TypeError, match="list cannot be put"):
        Prepared(lambda keys: Person.objects.filter(pk__in=keys))(keys=[cast.ana.pk])
    with pytest.raises(LookupError, match="name"):
        Prepared(lambda name: Person.objects.filter(name__contains=name))(name="ana")
