"""Who may see and change what, with the cast."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from sapwood.activities.audience import in_words, readers
from sapwood.activities.models import Activity
from sapwood.people.models import Person

pytestmark = pytest.mark.django_db
EVERYONE = {"ana", "bruno", "clara", "dinis", "nadia"}


def seen_by(cast: SimpleNamespace, activity: Activity) -> set[str]:
    return {
        name
        for name in EVERYONE
        if Activity.objects.visible_to(getattr(cast, name)).filter(pk=activity.pk).exists()
    }


@pytest.mark.parametrize(
    ("state", "audience", "expected"),
    [
        ("draft", "everyone", {"bruno"}),
        ("draft", "unit", {"bruno"}),
        ("draft", "invited", {"bruno"}),
        ("published", "everyone", EVERYONE),
        ("published", "unit", {"ana", "bruno", "clara"}),
        ("published", "invited", {"bruno", "dinis"}),
        ("archived", "everyone", {"bruno", "clara", "dinis"}),
        ("archived", "invited", {"bruno", "dinis"}),
    ],
)
def test_visible(cast: SimpleNamespace, state: str, audience: str, expected: set[str]) -> None:
    """Bruno's, for his unit, with Dinis invited; Clara is a steward."""
    activity = Activity.objects.create(
        kind="resource", title="x", way="job_aid", owner=cast.bruno, state=state,
        audience=audience, unit=cast.network if audience == "unit" else None,
    )  # fmt: skip
    if audience == "invited" or state == "archived":
        activity.invite(cast.dinis)
    assert seen_by(cast, activity) == expected
    assert not Activity.objects.visible_to(AnonymousUser()).exists()


def test_a_unit_includes_those_under_it(cast: SimpleNamespace) -> None:
    activity = Activity.objects.create(
        kind="resource", title="x", way="job_aid", owner=cast.clara, state="published",
        audience="unit", unit=cast.clara.unit,
    )  # fmt: skip
    assert seen_by(cast, activity) == EVERYONE


@pytest.mark.parametrize(
    ("state", "expected"),
    [("draft", {"bruno"}), ("published", {"bruno", "clara"}), ("archived", {"bruno", "clara"})],
)
def test_changed_by_its_owner_and_later_by_stewards(
    cast: SimpleNamespace, state: str, expected: set[str]
) -> None:
    activity = Activity.objects.create(
        kind="resource", title="x", way="job_aid", owner=cast.bruno, state=state
    )
    assert {name for name in EVERYONE if activity.can_edit(getattr(cast, name))} == expected


def test_someone_who_left_no_longer_sees_what_is_for_the_invited(cast: SimpleNamespace) -> None:
    activity = Activity.objects.create(
        kind="resource", title="x", way="job_aid", owner=cast.bruno, audience="invited",
        state="published",
    )  # fmt: skip
    activity.join(cast.dinis)
    activity.leave(cast.dinis)
    assert seen_by(cast, activity) == {"bruno"}
    activity.invite(cast.dinis)
    assert seen_by(cast, activity) == {"bruno", "dinis"}


@pytest.mark.parametrize(
    ("audience", "count", "words"),
    [
        ("everyone", 4, "Everyone in Ardal Water: 4 people."),
        ("unit", 1, "Network and the units under it: 1 person."),
        ("invited", 1, "Only those you invite: 1 person."),
    ],
)
def test_who_will_see_it_is_said_in_words(
    cast: SimpleNamespace, audience: str, count: int, words: str
) -> None:
    activity = Activity.objects.create(
        kind="resource", title="x", way="job_aid", owner=cast.bruno, audience=audience,
        unit=cast.network if audience == "unit" else None,
    )  # fmt: skip
    if audience == "invited":
        activity.invite(cast.dinis)
    assert readers(activity).count() == count
    assert in_words(activity) == words


def test_what_is_announced_is_what_is_seen(cast: SimpleNamespace) -> None:
    """The count before publishing is the number of people who see it after (stewards aside)."""
    for audience in ("everyone", "unit", "invited"):
        activity = Activity.objects.create(
            kind="resource", title="x", way="job_aid", owner=cast.bruno, audience=audience,
            unit=cast.finance if audience == "unit" else None,
        )  # fmt: skip
        activity.invite(cast.ana)
        told = set(readers(activity).values_list("pk", flat=True))
        activity.publish(by=cast.bruno)
        sees = {
            person.pk
            for person in Person.objects.exclude(pk__in=[cast.bruno.pk, cast.clara.pk])
            if Activity.objects.visible_to(person).filter(pk=activity.pk).exists()
        }
        assert told - {cast.clara.pk} == sees
