"""The contract of every kind: made, changed, joined, finished, copied, exported, deleted, shown."""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from sapwood.activities.deleting import delete, restore
from sapwood.activities.models import Activity, Participation
from sapwood.activities.registry import Kind, kind_of, kinds
from sapwood.core.policies import export_rows
from sapwood.ledger.models import Moment

pytestmark = pytest.mark.django_db
HOOKS = {name for name, value in vars(Kind).items() if callable(value) and not name.startswith("_")}
SHARED = {"language": "en", "audience": "everyone"}
SLUGS = sorted(kinds())


def sample(slug: str) -> dict[str, str]:
    """What the form of the kind sends, from the kind's own tests."""
    folder = next(c.name for c in apps.get_app_configs() if c.name == f"sapwood.kinds.{slug}")
    return {**SHARED, **import_module(f"{folder}.tests.sample").SAMPLE}


@pytest.fixture(params=SLUGS)
def slug(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def ana(cast: SimpleNamespace, client_of: Callable[[object], Client]) -> Client:
    return client_of(cast.ana)


def make(ana: Client, slug: str, then: str = "publish", **more: str) -> Activity:
    data = {**sample(slug), "then": then, **more}
    answer = ana.post(reverse("activity_new", args=[slug]), data)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return Activity.objects.order_by("-created_at").first()


def test_a_kind_has_at_most_eight_hooks(slug: str) -> None:
    assert len(HOOKS) == 8
    own = {
        name
        for name, value in vars(type(kind_of(slug))).items()
        if callable(value) and not name.startswith("_")
    }
    assert own <= HOOKS


def test_it_is_made_as_a_draft_then_published(ana: Client, slug: str, cast) -> None:
    activity = make(ana, slug, then="keep")
    assert activity.is_draft
    assert activity.owner == cast.ana
    ana.post(reverse("activity_publication", args=[activity.pk]))
    activity.refresh_from_db()
    assert activity.is_published
    assert activity.search_title


def test_a_form_without_a_title_comes_back(ana: Client, slug: str) -> None:
    answer = ana.post(reverse("activity_new", args=[slug]), {**sample(slug), "title": ""})
    assert answer.status_code == 422
    assert not Activity.objects.exists()


def test_it_is_changed(ana: Client, slug: str) -> None:
    activity = make(ana, slug)
    page = ana.get(reverse("activity_edit", args=[activity.pk]))
    assert page.status_code == 200
    answer = ana.post(
        reverse("activity_edit", args=[activity.pk]), {**sample(slug), "title": "Quite another"}
    )
    assert answer.status_code == 302
    activity.refresh_from_db()
    assert activity.title == "Quite another"
    assert activity.is_published


def test_it_is_joined_left_and_finished(ana: Client, slug: str, cast) -> None:
    activity = make(ana, slug)
    activity.join(cast.dinis)
    activity.leave(cast.dinis)
    activity.join(cast.dinis)
    moment = activity.complete(cast.dinis, line="What stayed.")
    part = Participation.objects.get(activity=activity, person=cast.dinis)
    assert part.is_completed
    assert (moment.way, moment.ring, moment.reflected) == (activity.way, activity.ring, True)
    assert Moment.objects.visible_to(cast.ana).count() == 0


def test_it_is_copied_with_its_details(ana: Client, slug: str) -> None:
    activity = make(ana, slug)
    answer = ana.post(reverse("activity_clone", args=[activity.pk]))
    copy = Activity.objects.exclude(pk=activity.pk).get()
    assert answer.url == reverse("activity_edit", args=[copy.pk])
    assert copy.is_draft
    assert copy.as_kind.said(copy) == activity.as_kind.said(activity)
    assert ana.get(reverse("activity_show", args=[copy.pk])).status_code == 200


def test_it_is_in_the_copy_of_its_owner(ana: Client, slug: str, cast) -> None:
    activity = make(ana, slug)
    activity.join(cast.dinis)
    rows = export_rows(cast.ana)["activities.activity"]
    assert [row["title"] for row in rows] == [activity.title]
    assert export_rows(cast.dinis)["activities.participation"][0]["state"] == "joined"


def test_it_is_deleted_and_brought_back_whole(ana: Client, slug: str, cast) -> None:
    activity = make(ana, slug)
    said = activity.as_kind.said(activity)
    payload = delete(activity, by=cast.ana)
    assert not Activity.objects.exists()
    back = restore(payload, by=cast.ana)
    assert (back.title, back.state) == (activity.title, "published")
    assert back.as_kind.said(back) == said


def test_what_others_took_part_in_is_put_away_instead(ana: Client, slug: str, cast) -> None:
    activity = make(ana, slug)
    activity.join(cast.dinis)
    payload = delete(activity, by=cast.ana)
    activity.refresh_from_db()
    assert activity.state == "archived"
    assert Activity.objects.visible_to(cast.dinis).filter(pk=activity.pk).exists()
    assert not Activity.objects.visible_to(cast.bruno).filter(pk=activity.pk).exists()
    assert restore(payload, by=cast.ana).is_published


def test_page_and_card_are_drawn_for_everyone_who_may_see_it(
    ana: Client, slug: str, cast, client_of: Callable
) -> None:
    activity = make(ana, slug)
    for person in (cast.ana, cast.dinis, cast.clara):
        page = client_of(person).get(reverse("activity_show", args=[activity.pk]))
        assert activity.title in page.content.decode()
    wall = client_of(cast.dinis).get(reverse("explore"))
    assert activity.title in wall.content.decode()
    assert str(activity.look.tag) in wall.content.decode()


def test_a_page_costs_the_same_with_one_or_three(
    ana: Client, slug: str, cast, client_of: Callable, django_assert_max_num_queries
) -> None:
    dinis = client_of(cast.dinis)
    dinis.get(reverse("explore"))
    make(ana, slug)
    counts = []
    for more in (0, 2):
        for n in range(more):
            make(ana, slug, title=f"Another {n}")
        with django_assert_max_num_queries(12) as asked:
            dinis.get(reverse("explore"))
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]
