"""The pages of groups: who opens them, what they show, and what their buttons do."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sapwood.conversations.models import Audience, Membership, Thread
from sapwood.core.ids import uuid7
from sapwood.people.models import Person
from sapwood.spaces import joining
from sapwood.spaces.models import JoinLink, JoinRequest, Ritual, Space

DESK = (
    "group_settings", "group_members", "group_file", "group_requests", "group_links",
    "group_rules", "group_rituals", "group_health",
)  # fmt: skip
READ = ("group", "group_questions", "group_people", "group_welcome")


def words_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def at(name, *args):
    return reverse(name, args=args)


@pytest.fixture
def said(client_of):
    """A function: what a page says to somebody, as one line of words."""

    def page(person, name, *args, status=200, query=""):
        answer = client_of(person).get(at(name, *args) + query)
        assert answer.status_code == status
        return words_of(answer)

    return page


@pytest.mark.parametrize("openness", ["open", "request", "closed", "hidden"])
def test_members_read_every_page(openness, cast, make_space, said):
    space = make_space(openness, cast.bruno)
    for name in READ:
        assert "Leak Detectives" in said(cast.bruno, name, space.pk)


@pytest.mark.parametrize(
    ("openness", "front", "inside"),
    [("open", 200, 200), ("request", 200, 404), ("closed", 200, 404), ("hidden", 404, 404)],
)
def test_others_read_what_the_openness_says(openness, front, inside, cast, make_space, client_of):
    space = make_space(openness)
    Thread.objects.create(audience=space.audience, author=cast.ana, kind="question", title="Where?")
    for person in (cast.dinis, cast.clara, cast.nadia):
        browser = client_of(person)
        answer = browser.get(at("group", space.pk))
        assert answer.status_code == front
        if openness != "open":
            assert "Where?" not in answer.content.decode()
        for name in ("group_questions", "group_people"):
            assert browser.get(at(name, space.pk)).status_code == inside


@pytest.mark.parametrize("name", DESK)
def test_only_stewards_open_the_desk(name, cast, make_space, client_of):
    space = make_space("closed", cast.bruno)
    facilitator = Membership.objects.get(person=cast.bruno)
    facilitator.role = "facilitator"
    facilitator.save()
    assert client_of(cast.ana).get(at(name, space.pk)).status_code == 200
    for person in (cast.bruno, cast.dinis, cast.clara, cast.nadia):
        assert client_of(person).get(at(name, space.pk)).status_code == 403


def test_a_picture_is_no_list_of_addresses(cast, make_space, client_of):
    where = at("group_file", make_space().pk)
    png = SimpleUploadedFile("list.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    answer = client_of(cast.ana).post(where, {"file": png})
    assert answer.status_code == 422
    assert "This is not a list of addresses." in words_of(answer)
    real = SimpleUploadedFile("list.csv", cast.bruno.email.encode())
    assert "can be added" in words_of(client_of(cast.ana).post(where, {"file": real}))


def test_who_founds_is_shown_how_to_begin(cast, make_space, client_of):
    space = make_space("open", cast.bruno)
    page = words_of(client_of(cast.ana).get(at("group", space.pk)))
    assert "You look after this group." in page
    assert "Write a welcome" in page
    assert "You look after this group." not in words_of(
        client_of(cast.bruno).get(at("group", space.pk))
    )
    Membership.objects.create(audience=space.audience, person=cast.clara)
    page = words_of(client_of(cast.ana).get(at("group", space.pk)))
    assert "You look after this group." not in page


def test_a_circle_says_that_it_is_closed(cast, client_of):
    form = {"kind": "circle", "name": "Pumps", "purpose": "We try", "openness": "open"}
    client = client_of(cast.ana)
    page = words_of(client.post(at("group_new"), form, follow=True))
    assert "A circle is closed: you let people in." in page


def test_whoever_is_brought_in_reads_the_welcome_once(cast, make_space, client_of, now):
    space = make_space("closed", welcome="Glad you came.")
    where, browser = at("group", space.pk), client_of(cast.bruno)
    joining.add(space, [cast.bruno], now=now)
    browser.get(where, headers={"Sec-Purpose": "prefetch"})
    assert "Glad you came." in words_of(browser.get(where))
    assert "Glad you came." not in words_of(browser.get(where))
    assert "Glad you came." not in words_of(client_of(cast.clara).get(where))


def test_joining_shows_the_welcome_once_and_leaving_is_one_tap(
    cast, make_space, client_of, run_jobs
):
    space = make_space("open", welcome="Glad you came.\nSay hello.")
    browser = client_of(cast.dinis)
    page = words_of(browser.get(at("group", space.pk)))
    assert "Join" in page
    assert "Glad you came." not in page
    page = words_of(browser.post(at("group_join", space.pk), follow=True))
    assert "Glad you came." in page
    assert "You belong" in page
    assert "Glad you came." not in words_of(browser.get(at("group", space.pk)))
    assert "Glad you came." in words_of(browser.get(at("group_welcome", space.pk)))
    page = words_of(browser.post(at("group_leave", space.pk), follow=True))
    assert "Nobody is told" in page
    assert not space.membership_of(cast.dinis)


@pytest.mark.parametrize("openness", ["request", "closed"])
def test_a_closed_door_cannot_be_pushed(openness, cast, make_space, client_of):
    space = make_space(openness)
    browser = client_of(cast.dinis)
    assert browser.post(at("group_join", space.pk)).status_code == 403
    assert browser.post(at("group_leave", space.pk)).status_code == 403
    assert browser.post(at("group_take_on", space.pk)).status_code == 403


def test_asking_answering_and_taking_back(cast, make_space, client_of):
    space = make_space("request")
    dinis, ana = client_of(cast.dinis), client_of(cast.ana)
    assert dinis.post(at("group_ask", space.pk), {"words": "x" * 501}).status_code == 422
    page = words_of(dinis.post(at("group_ask", space.pk), {"words": "I mend valves"}, follow=True))
    assert "You asked to join" in page
    dinis.post(at("group_ask_back", space.pk))
    assert not JoinRequest.objects.exclude(words="").exists()
    dinis.post(at("group_ask", space.pk), {"words": "I mend valves"})
    asked = JoinRequest.objects.waiting().get()
    assert "I mend valves" in words_of(ana.get(at("group_requests", space.pk)))
    where = at("group_request", space.pk, asked.pk)
    assert dinis.post(where, {"yes": "1"}).status_code == 403
    ana.post(where, {"yes": "1"})
    assert space.membership_of(cast.dinis)
    assert dinis.post(at("group_ask_back", space.pk)).status_code == 404


def test_a_link_shows_the_group_and_lets_in(cast, make_space, client_of):
    space = make_space("hidden")
    client_of(cast.ana).post(at("group_links", space.pk), {"days": "7", "most": ""})
    link = JoinLink.objects.get()
    dinis, where = client_of(cast.dinis), at("group_by_link", link.token)
    assert "Leak Detectives" in words_of(dinis.get(where))
    assert dinis.get(at("group_by_link", link.selector + "0" * 48)).status_code == 404
    dinis.post(where)
    assert space.membership_of(cast.dinis).origin == "link"
    client_of(cast.ana).post(at("group_link_end", space.pk, link.pk))
    assert "no longer lets anybody in" in words_of(client_of(cast.bruno).get(where))
    client_of(cast.bruno).post(where)
    assert not space.membership_of(cast.bruno)


def test_adding_by_hand_and_roles(cast, make_space, client_of):
    space = make_space("closed")
    ana = client_of(cast.ana)
    where = at("group_members", space.pk)
    assert ana.post(where, {"as": "add"}).status_code == 422
    ana.post(where, {"as": "add", "people": [str(cast.bruno.pk), str(cast.dinis.pk)]})
    assert space.membership_of(cast.dinis).origin == "hand"
    ana.post(at("group_member", space.pk, cast.bruno.pk), {"role": "facilitator"})
    assert space.membership_of(cast.bruno).role == "facilitator"
    ana.post(at("group_member", space.pk, cast.dinis.pk), {"remove": "1"})
    assert not space.membership_of(cast.dinis)
    page = words_of(
        ana.post(at("group_member", space.pk, cast.ana.pk), {"role": "member"}, follow=True)
    )
    assert "This is the last steward" in page
    assert ana.post(at("group_member", space.pk, cast.ana.pk), {"remove": "1"}).status_code == 403


def test_a_list_of_addresses_is_shown_before_anybody_is_added(cast, make_space, client_of):
    space = make_space("closed", cast.bruno)
    cast.nadia.is_active = False
    cast.nadia.save()
    ana, where = client_of(cast.ana), at("group_file", space.pk)
    text = "Name;E-mail\nDinis;DINIS@ardal.example\nBruno <bruno@ardal.example>\n" + (
        "nadia@ardal.example, nobody@else.example"
    )
    page = words_of(ana.post(where, {"words": text}))
    assert "Add 1 person" in page
    assert "nobody@else.example" in page
    assert not space.membership_of(cast.dinis)
    ana.post(where, {"words": text, "as": "add"})
    assert space.membership_of(cast.dinis).origin == "file"
    assert not space.membership_of(cast.nadia)


def test_rules_are_looked_at_before_they_are_applied(cast, make_space, client_of):
    space = make_space("closed")
    ana, where = client_of(cast.ana), at("group_rules", space.pk)
    rule = {
        "r0-unit": str(cast.network.pk), "r0-site": "", "r0-job_title": "", "r0-language": "",
    }  # fmt: skip
    page = words_of(ana.post(where, rule))
    assert "Bruno Sá" in page
    assert not space.membership_of(cast.bruno)
    assert not space.rules.exists()
    seen = re.search(r'name="seen" value="([^"]+)"', page).group(1)
    assert seen.startswith("1-0-")
    other = {**rule, "r0-unit": "", "r0-job_title": "Fitter"}
    type(cast.dinis).objects.filter(pk=cast.dinis.pk).update(job_title="Fitter")
    assert "Something has changed" in words_of(ana.post(where, {**other, "seen": seen}))
    assert not space.membership_of(cast.dinis), "as many people, by a rule that nobody looked at"
    assert "Something has changed" in words_of(ana.post(where, {**rule, "seen": "7-7"}))
    assert not space.membership_of(cast.bruno)
    ana.post(where, {**rule, "seen": seen})
    assert space.membership_of(cast.bruno).origin == "rule"
    assert "Do this" not in words_of(ana.get(where))
    none = {**rule, "r0-unit": ""}
    seen = re.search(r'name="seen" value="([^"]+)"', words_of(ana.post(where, none))).group(1)
    ana.post(where, {**none, "seen": seen})
    assert not space.membership_of(cast.bruno)


def test_opening_an_empty_group_says_that_nothing_was_said(cast, make_space, client_of):
    where = at("group_openness", make_space("closed").pk)
    page = words_of(client_of(cast.ana).post(where, {"openness": "open"}))
    assert "Nobody has written here yet." in page
    assert "0 thread" not in page


def test_a_refusal_comes_without_a_tick(cast, make_space, client_of):
    space = make_space("open")
    client = client_of(cast.ana)
    client.post(at("group_leave", space.pk))
    note = words_of(client.get(at("group", space.pk))).partition("<toast-note")[2]
    note = note.partition("You are the last steward")[0]
    assert note, "it is told"
    assert "<circle" in note, "a sign to look, where a tick would say that it was done"


def test_opening_a_closed_group_is_asked_about_and_told(cast, make_space, client_of, now):
    space = make_space("closed", cast.bruno)
    Thread.objects.create(audience=space.audience, author=cast.bruno)
    ana, where = client_of(cast.ana), at("group_openness", space.pk)
    page = words_of(ana.post(where, {"openness": "open"}))
    assert "That is 1 thread" in page
    assert not Audience.objects.readable_by(cast.dinis).exists()
    Thread.objects.create(audience=space.audience, author=cast.bruno)
    assert "That is 2 threads" in words_of(ana.post(where, {"openness": "open", "seen": "1"}))
    ana.post(where, {"openness": "open", "seen": "2"})
    assert Audience.objects.readable_by(cast.dinis).exists()
    told = Thread.objects.get(author=cast.ana).messages.get().text
    assert "everyone at Ardal Water can read it" in told
    ana.post(where, {"openness": "closed"})
    assert not Audience.objects.readable_by(cast.dinis).exists()
    assert client_of(cast.bruno).post(where, {"openness": "open"}).status_code == 403


def test_a_circle_is_never_opened(cast, make_space, client_of):
    space = make_space("closed", kind="circle")
    answer = client_of(cast.ana).post(at("group_openness", space.pk), {"openness": "open"})
    assert answer.status_code == 403


def test_anybody_begins_a_group(cast, client_of):
    browser, where = client_of(cast.dinis), at("group_new")
    assert browser.post(where, {"kind": "community"}).status_code == 422
    given = {"kind": "circle", "name": "Night readers", "purpose": "We read at night",
             "openness": "open", "ends_on": ""}  # fmt: skip
    browser.post(where, given)
    space = Space.objects.get(name="Night readers")
    assert space.openness == "closed", "a circle is not open"
    assert space.can_edit(cast.dinis)


def test_the_list_has_ones_own_first_and_hides_what_is_hidden(cast, make_space, said):
    make_space("open", name="Zone maps")
    make_space("closed", cast.dinis, name="Answering in writing")
    make_space("hidden", name="Secret hut")
    page = said(cast.dinis, "groups")
    assert page.index("Answering in writing") < page.index("Zone maps")
    assert "Secret hut" not in page
    assert "Zone maps" not in said(cast.dinis, "groups", query="?q=answer")
    assert "Zone maps" not in said(cast.dinis, "groups", query="?kind=circle")
    assert "Open your team" not in page


def test_a_manager_opens_the_team_in_one_tap(cast, client_of, said):
    Person.objects.create_user("eva@ardal.example", name="Eva Sá", manager=cast.bruno)
    assert "Open your team" in said(cast.bruno, "groups")
    assert client_of(cast.dinis).post(at("group_team_open")).status_code == 403
    given = {"manager": str(cast.bruno.pk)}
    assert client_of(cast.dinis).post(at("group_team_open"), given).status_code == 403
    client_of(cast.clara).post(at("group_team_open"), given)
    space = Space.objects.get(kind="team")
    assert "Open your team" not in said(cast.bruno, "groups")
    assert "Eva Sá" in said(cast.bruno, "group_people", space.pk)
    said(cast.clara, "group_people", space.pk, status=404)
    said(cast.dinis, "group_teams", status=403)
    assert "Every team has its space" in said(cast.clara, "group_teams")


def test_learning_and_development_names_a_steward_and_reads_nothing(cast, make_space, client_of):
    space = make_space("closed", cast.bruno)
    clara, where = client_of(cast.clara), at("group_steward", space.pk)
    assert clara.get(where).status_code == 403
    cast.ana.is_active = False
    cast.ana.save()
    assert client_of(cast.nadia).get(where).status_code == 403
    assert "Name somebody" in words_of(clara.get(at("group", space.pk)))
    assert clara.post(where, {"people": [str(cast.dinis.pk)], "as": "name"}).status_code == 422
    clara.post(where, {"people": [str(cast.bruno.pk)], "as": "name"})
    assert space.can_edit(cast.bruno)
    assert clara.get(at("group_people", space.pk)).status_code == 404


def test_a_ritual_is_set_up_skipped_and_taken_along(cast, make_space, client_of, said):
    space = make_space("closed", cast.bruno)
    ana, where = client_of(cast.ana), at("group_rituals", space.pk)
    given = {
        "name": "Open hour", "rhythm": "weekly", "starts_on": "2026-01-06", "at": "17:30",
        "minutes": "45", "time_zone": "Lisbon",
    }  # fmt: skip
    assert ana.post(where, {**given, "ended_on": "2025-01-01"}).status_code == 422
    ana.post(where, given)
    ritual = Ritual.objects.get()
    assert ritual.time_zone == "Europe/Lisbon"
    assert "Open hour" in said(cast.bruno, "group", space.pk)
    file = client_of(cast.bruno).get(at("group_ritual_file", space.pk, ritual.pk))
    assert b"RRULE" in file.content
    said(cast.dinis, "group_ritual_file", space.pk, ritual.pk, status=404)
    for day, left_out in (("2026-01-13", ["2026-01-13"]), ("2026-01-14", ["2026-01-13"])):
        ana.post(at("group_ritual_skip", space.pk, ritual.pk), {"day": day})
        ritual.refresh_from_db()
        assert ritual.left_out == left_out
    ana.post(at("group_ritual_skip", space.pk, ritual.pk), {"day": "2026-01-13"})
    ritual.refresh_from_db()
    assert ritual.left_out == []
    ana.post(at("group_ritual_delete", space.pk, ritual.pk))
    assert not Ritual.objects.exists()


def test_putting_away_and_bringing_back(cast, make_space, client_of, said):
    space = make_space("open", cast.bruno)
    ana = client_of(cast.ana)
    ana.post(at("group_standing", space.pk))
    assert "Put away" in said(cast.bruno, "group", space.pk)
    assert "Leak Detectives" not in said(cast.dinis, "groups")
    ana.post(at("group_standing", space.pk), {"back": "1"})
    assert "Leak Detectives" in said(cast.dinis, "groups")


def test_health_counts_people_from_k_on(cast, make_space, said):
    space = make_space("open", cast.bruno)
    for person in (cast.ana, cast.bruno):
        thread = Thread.objects.create(audience=space.audience, author=person)
        thread.messages.create(author=person, text="Hello", is_opening=True)
    page = said(cast.ana, "group_health", space.pk)
    assert "fewer than 5" in page
    assert "Bruno" not in page.replace("Bruno Sá</a>", "")


def test_a_foreign_member_of_the_desk_is_not_found(cast, make_space, client_of):
    space, other = make_space("open"), make_space("open", name="Other")
    ritual = Ritual.objects.create(
        space=other, name="x", starts_on="2026-01-06", at="10:00", time_zone="UTC"
    )
    ana = client_of(cast.ana)
    assert ana.get(at("group_ritual", space.pk, ritual.pk)).status_code == 404
    assert ana.post(at("group_member", space.pk, cast.dinis.pk)).status_code == 404
    assert ana.post(at("group_request", space.pk, uuid7())).status_code == 404


def test_who_writes_sees_how_many_it_reaches(cast, make_space, client_of, now):
    from sapwood.notify.models import Preference, Quiet

    space = make_space("closed", cast.bruno, cast.dinis)
    Quiet.objects.create(person=cast.dinis, hours_from="00:00", hours_to="00:00")
    cast.dinis.working_days = "0123456"
    cast.dinis.save()
    Preference.objects.create(person=cast.dinis, group="groups", channel="email", rhythm="at_once")
    assert client_of(cast.clara).get(reverse("group_reach", args=[space.pk])).status_code == 404
    page = client_of(cast.bruno).get(reverse("group_reach", args=[space.pk])).text
    assert "Reaches 2 people" in page
    assert "1 gets an e-mail now" in page
