"""Rules enrol nobody in secret: who may set them where, and that those they bring are told."""

import pytest
from django.urls import reverse

from sapwood.notify.models import Notice
from sapwood.spaces.founding import found
from sapwood.spaces.models import Kind, Rule, Space
from sapwood.spaces.ruling import apply_all, keep_rules


@pytest.fixture
def hidden(cast, now):
    """A function: a hidden community that this person founded."""

    def make(founder):
        space = Space(kind=Kind.COMMUNITY, openness="hidden", name="All of us", purpose="x")
        return found(space, by=founder, now=now)

    return make


FORM = {"r0-unit": "", "r0-site": "", "r0-job_title": "", "r0-language": "en"}


def test_only_learning_and_development_sets_rules_in_a_hidden_group(cast, hidden, client_of):
    for person, status in ((cast.dinis, 403), (cast.clara, 200)):
        space = hidden(person)
        where = reverse("group_rules", args=[space.pk])
        assert client_of(person).get(where).status_code == status
        assert client_of(person).post(where, FORM).status_code == status
        page = client_of(person).get(reverse("group_settings", args=[space.pk]))
        assert (f'href="{where}"' in page.content.decode()) is (status == 200)


def test_a_group_with_rules_is_not_hidden_by_its_steward(cast, make_space, client_of, now):
    space = make_space("closed")
    keep_rules(space, [Rule(language="en")], now=now)
    where = reverse("group_openness", args=[space.pk])
    page = client_of(cast.ana).post(where, {"openness": "hidden"}, follow=True).content.decode()
    assert "has rules" in page
    space.refresh_from_db()
    assert space.openness == "closed"
    space.rules.all().delete()
    client_of(cast.ana).post(where, {"openness": "hidden"})
    space.refresh_from_db()
    assert space.openness == "hidden"


def test_whom_a_rule_brings_is_told_once(cast, make_space, now, run_jobs, client_of):
    space = make_space("closed", cast.bruno)
    keep_rules(space, [Rule(language="en")], now=now)
    run_jobs()
    told = Notice.objects.filter(kind="group_added")
    assert set(told.values_list("person__name", flat=True)) >= {"Dinis Sá", "Clara Sá"}
    assert not told.filter(person__in=[cast.ana, cast.bruno]).exists(), "they belonged before"
    space.audience.memberships.filter(person=cast.dinis).delete()
    apply_all(now)
    run_jobs()
    assert told.get(person=cast.dinis).count == 1
    page = client_of(cast.dinis).get(reverse("inbox")).content.decode()
    assert "A rule brought you into Leak Detectives" in page
