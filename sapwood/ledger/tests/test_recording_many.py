"""Recording in bulk, and once for each source or key."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

from django.utils import timezone

from sapwood.ledger.models import Moment, MomentShare, Trunk
from sapwood.ledger.recording import record, record_many


def test_the_same_source_is_one_moment(cast: SimpleNamespace) -> None:
    source = ("resource", uuid4(), "Calm networks")
    first = record(cast.ana, way="mooc", title="Read it", source=source)
    assert record(cast.ana, way="mooc", title="Read it again", source=source) == first
    assert record(cast.bruno, way="mooc", title="Read it", source=source) != first
    assert Trunk.objects.get(person=cast.ana).version == 1


def test_many_are_like_one(cast: SimpleNamespace) -> None:
    row = {
        "person": cast.ana, "way": "mooc", "title": "Ouvi a válvula", "minutes": 5,
        "occurred_on": date(2026, 3, 4), "shared_with": [cast.bruno],
        "source": ("x", uuid4(), "Fonte"),
    }  # fmt: skip
    one = record(**row)
    count = record_many([row | {"person": cast.dinis}, row | {"person": cast.clara}])
    assert count == 2
    differs = {"cursor", "uid", "person_id", "created_at", "changed_at"}
    values = [
        {k: v for k, v in value.items() if k not in differs} for value in Moment.objects.values()
    ]
    assert values[0] == values[1] == values[2]
    assert one.folded == "ouvi a valvula fonte"
    assert MomentShare.objects.count() == 3
    assert Trunk.objects.count() == 3


def test_history_asks_for_no_reactions_and_few_queries(
    cast: SimpleNamespace, django_assert_max_num_queries: object
) -> None:
    now = timezone.now()
    rows = [
        {"person": p, "way": "mooc", "title": "t", "occurred_on": date(2026, 1, 1 + n % 28)}
        for n in range(300)
        for p in (cast.ana, cast.bruno)
    ]
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        assert record_many(iter(rows), reacted_at=now) == 600
    assert not Moment.objects.filter(reacted_at=None).exists()
    assert Trunk.objects.get(person=cast.ana).version == 1
    record_many(rows[:1], reacted_at=now)
    assert Trunk.objects.get(person=cast.ana).version == 2


def test_a_moment_is_not_shared_with_its_owner(cast: SimpleNamespace) -> None:
    moment = record(cast.ana, way="mooc", title="t", shared_with=[cast.ana])
    assert not moment.is_shared
