"""What is offered to a group alone: who sees it, how that is said, and what becomes of it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sapwood.activities.audience import in_words, readers
from sapwood.activities.catalogue import Asked, look_for
from sapwood.activities.cloning import clone
from sapwood.activities.deleting import delete, restore
from sapwood.activities.models import Activity
from sapwood.conversations.models import Membership
from sapwood.people.models import Person
from sapwood.spaces.models import Space

pytestmark = pytest.mark.django_db
EVERYONE = {"ana", "bruno", "clara", "dinis", "nadia"}
TEXT = {"title": "Calm", "language": "en", "body": "<p>Text</p>", "way": "job_aid"}


def who_sees(cast, activity):
    names = {getattr(cast, name).pk: name for name in EVERYONE}
    return {
        name
        for pk, name in names.items()
        if Activity.objects.visible_to(Person.objects.get(pk=pk)).filter(pk=activity.pk).exists()
    }


@pytest.mark.parametrize("openness", ["request", "closed", "hidden"])
@pytest.mark.parametrize("state", ["published", "archived", "draft"])
def test_its_members_see_it_and_no_role_adds_any(cast, group, thing, openness, state):
    activity = thing(space=group(openness), audience="group", state=state)
    assert who_sees(cast, activity) == ({"ana", "bruno"} if state == "published" else {"bruno"})


def test_an_open_group_is_everyone(cast, group, thing):
    space = group("open")
    activity = thing(space=space, audience="group")
    assert who_sees(cast, activity) == EVERYONE
    space.openness = "closed"
    space.save()
    assert who_sees(cast, activity) == {"ana", "bruno"}
    activity.archive()
    space.openness = "open"
    space.save()
    assert who_sees(cast, activity) == {"bruno", "clara"}


def test_standing_in_a_library_hides_nothing(cast, group, thing):
    assert who_sees(cast, thing(space=group())) == EVERYONE


def test_who_leaves_the_group_loses_it_and_who_takes_part_keeps_it(cast, group, thing):
    space = group()
    activity = thing(space=space, audience="group")
    for person in (cast.dinis, cast.clara):
        Membership.objects.create(audience=space.audience, person=person)
    activity.join(cast.dinis)
    assert who_sees(cast, activity) == {"ana", "bruno", "clara", "dinis"}
    Membership.objects.filter(person__in=[cast.dinis, cast.clara]).delete()
    assert who_sees(cast, activity) == {"ana", "bruno", "dinis"}


@pytest.mark.parametrize("openness", ["open", "closed"])
def test_when_the_group_goes_nobody_more_sees_it(cast, group, thing, openness):
    space = group(openness)
    meant, around = thing(space=space, audience="group"), thing(space=space)
    draft = thing(space=space, audience="group", state="draft")
    meant.join(cast.ana)
    space.delete()
    for row in (meant, around, draft):
        row.refresh_from_db()
        assert row.space is None
    assert (meant.audience, around.audience, draft.audience) == ("invited", "everyone", "invited")
    assert who_sees(cast, meant) == {"ana", "bruno"}
    assert who_sees(cast, around) == EVERYONE


def test_without_a_group_it_cannot_be_for_one(cast, thing):
    with pytest.raises(IntegrityError), transaction.atomic():
        thing(audience="group")


@pytest.mark.parametrize(
    ("openness", "count", "words"),
    [
        ("closed", 2, "The 2 people of Leak Detectives."),
        ("open", 4, "Everyone, because Leak Detectives is open: 4 people."),
    ],
)
def test_who_will_see_it_is_said_and_true(cast, group, thing, openness, count, words):
    space = group(openness)
    Membership.objects.create(audience=space.audience, person=cast.dinis)
    activity = thing(space=space, audience="group")
    assert readers(activity).count() == count
    assert in_words(activity) == words
    told = set(readers(activity).values_list("name", flat=True))
    sees = {getattr(cast, name).name for name in who_sees(cast, activity) - {"bruno"}}
    assert told == sees


def test_search_and_counts_keep_it_in(cast, group, thing):
    thing(space=group(), audience="group", title="Xylophone of valves")
    for person, count in ((cast.ana, 1), (cast.dinis, 0), (cast.clara, 0)):
        for asked in (Asked(q="xylophone"), Asked(q="xylophnoe"), Asked()):
            shelf = look_for(asked, person)
            assert (shelf.total, shelf.found.activities.count()) == (count, count)
            assert count or not shelf.found.instead


def test_the_form_offers_groups_one_writes_in(cast, group, client_of):
    mine, other = group(), group("closed", "Night crew")
    other.audience.memberships.filter(person=cast.bruno).delete()
    bruno, address = client_of(cast.bruno), reverse("activity_new", args=["resource"])
    page = bruno.get(f"{address}?group={mine.pk}").content.decode()
    assert f'<option value="{mine.pk}" selected' in page
    assert "Night crew" not in page
    assert "The 1 person of Leak Detectives." in page
    for chosen in (str(other.pk), ""):
        sent = {**TEXT, "audience": "group", "space": chosen}
        assert bruno.post(address, sent).status_code == 422
    sent = {**TEXT, "audience": "group", "space": str(mine.pk), "then": "publish"}
    assert bruno.post(address, sent).status_code == 302
    made = Activity.objects.get()
    assert (made.space, made.audience) == (mine, "group")
    page = client_of(cast.ana).get(reverse("activity_show", args=[made.pk])).content.decode()
    assert reverse("group_library", args=[mine.pk]) in page
    assert client_of(cast.clara).get(reverse("activity_show", args=[made.pk])).status_code == 404


def test_a_choice_is_put_in_words_while_one_picks(cast, group, client_of):
    space, other = group(), group("closed", "Night crew")
    other.audience.memberships.filter(person=cast.bruno).delete()
    address, browser = reverse("activity_audience"), client_of(cast.bruno)
    said = browser.get(address, {"space": str(space.pk)}).content.decode()
    assert said == "The 1 person of Leak Detectives."
    said = browser.get(address, {"space": str(other.pk)}).content.decode()
    assert said == "The people of the group you pick. If it is open, everyone."


def test_who_changes_it_without_knowing_of_the_group_leaves_it_there(cast, group, thing, client_of):
    """Clara may change what everyone sees; that it stands in a hidden library stays unsaid."""
    space = group("hidden", "Whistle")
    activity = thing(space=space)
    clara, address = client_of(cast.clara), reverse("activity_edit", args=[activity.pk])
    page = clara.get(address).content.decode()
    assert "Whistle" not in page
    assert str(space.pk) not in page
    shown = clara.get(reverse("activity_show", args=[activity.pk])).content.decode()
    assert str(space.pk) not in shown
    answer = clara.post(address, {**TEXT, "audience": "everyone", "space": ""})
    assert answer.status_code == 302
    activity.refresh_from_db()
    assert (activity.title, activity.space) == ("Calm", space)


def test_a_copy_stays_with_the_group_only_for_its_members(cast, group, thing):
    activity = thing(space=group("open"), audience="group")
    assert (clone(activity, by=cast.ana).space, clone(activity, by=cast.ana).audience) == (
        activity.space, "group",
    )  # fmt: skip
    copy = clone(activity, by=cast.clara)
    assert (copy.space, copy.audience) == (None, "invited")


def test_deleted_and_brought_back_after_the_group_went(cast, group, thing):
    space = group()
    payload = delete(thing(space=space, audience="group"), by=cast.bruno)
    space.delete()
    back = restore(payload, by=cast.bruno)
    assert (back.space, back.audience) == (None, "invited")
    assert who_sees(cast, back) == {"bruno"}


def test_the_rule_by_key_is_the_rule_of_audiences(cast, group):
    for openness in ("open", "request", "closed", "hidden"):
        group(openness, openness)
        away = group(openness, f"{openness} away")
        away.archived_at = cast.ana.now()
        away.save()
    for name in EVERYONE:
        person = getattr(cast, name)
        by_key = set(Space.objects.open_to(person.pk))
        assert by_key == set(Space.objects.readable_by(person))
