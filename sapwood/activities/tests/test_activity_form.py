"""Formal, non-formal or informal: it follows from the way until its author says otherwise."""

import pytest
from django.urls import reverse

from sapwood.activities.models import Activity
from sapwood.ledger.models import Moment

pytestmark = pytest.mark.django_db
OFFERED = {
    "why": "Nights.", "beyond": "Alarms.", "support": "Kwame.", "boundary": "No valve.",
    "places": "2", "starts_on": "2026-12-01", "ends_on": "2026-12-20",
}  # fmt: skip
TEXT = {"title": "Calm", "language": "en", "audience": "everyone", "body": "<p>Text</p>"}


def offer(client, slug: str = "resource", **more: str) -> Activity:
    data = {**TEXT, **OFFERED, "then": "publish", **more}
    answer = client.post(reverse("activity_new", args=[slug]), data)
    assert answer.status_code == 302, answer.content.decode()
    return Activity.objects.get()


def change(client, activity: Activity, **more: str) -> Activity:
    answer = client.post(reverse("activity_edit", args=[activity.pk]), {**TEXT, **more})
    assert answer.status_code == 302, answer.content.decode()
    activity.refresh_from_db()
    return activity


def test_left_alone_it_follows_the_way(cast, client_of) -> None:
    ana = client_of(cast.ana)
    activity = offer(ana, way="job_aid")
    assert activity.form == activity.kind_of_way.form == "informal"
    assert change(ana, activity, way="classroom_course").form == "non_formal"


def test_what_the_author_says_stays(cast, client_of) -> None:
    ana = client_of(cast.ana)
    activity = offer(ana, way="classroom_course", form="formal")
    assert activity.form == "formal"
    edit = ana.get(reverse("activity_edit", args=[activity.pk])).content.decode()
    assert '<option value="formal" selected' in edit
    assert change(ana, activity, way="job_aid", form="formal").form == "formal"
    shown = client_of(cast.dinis).get(reverse("activity_show", args=[activity.pk]))
    assert "<dd>Formal</dd>" in shown.content.decode()
    activity.complete(cast.dinis)
    assert Moment.objects.get().form == "formal"
    assert change(ana, activity, way="job_aid", form="").form == "informal"


def test_the_usual_is_said_where_the_way_is_given(cast, client_of) -> None:
    ana = client_of(cast.ana)
    page = ana.get(reverse("activity_new", args=["stretch"])).content.decode()
    assert "Usually informal, because of the way" in page
    assert offer(ana, "stretch", form="non_formal").form == "non_formal"


def test_other_words_are_refused(cast, client_of) -> None:
    answer = client_of(cast.ana).post(
        reverse("activity_new", args=["resource"]), {**TEXT, "form": "strict"}
    )
    assert answer.status_code == 422
    assert not Activity.objects.exists()
