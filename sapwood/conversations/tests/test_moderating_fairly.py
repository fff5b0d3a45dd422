"""Reports, decisions with reasons, appeals, hidden words: who sees what, and what comes of it."""

import pytest
from django.urls import reverse

from sapwood.conversations.changing import edit
from sapwood.conversations.models import Case, HiddenWord, Membership, Message, Report, Thread
from sapwood.conversations.moderating.deciding import appeal, decide, report
from sapwood.conversations.moderating.words import add_words
from sapwood.conversations.refusing import Refused


@pytest.fixture
def square_with_keeper(cast, square):
    Membership.objects.create(audience=square, person=cast.bruno, role="steward")
    return square


@pytest.fixture
def reported(cast, square_with_keeper, post):
    """Ana's post, reported by Dinis; Bruno looks after the group."""
    message = post(cast.ana, square_with_keeper, "Some words").messages.get()
    return report(message, cast.dinis, why="unkind", words="It hurts", now=cast.dinis.now())


def test_only_those_who_look_after_the_group_review(cast, reported, client_of):
    for person, sees in (
        (cast.bruno, True), (cast.clara, False), (cast.nadia, False), (cast.ana, False),
        (cast.dinis, False),
    ):  # fmt: skip
        assert Case.objects.visible_to(person).exists() is sees, person
        answer = client_of(person).post(
            reverse("case", args=[reported.pk]), {"hide": "1", "reason": "Because"}
        )
        assert answer.status_code == (302 if sees else 404)


def test_learning_people_review_where_nobody_else_can(cast, reported):
    Membership.objects.filter(person=cast.bruno).delete()
    assert Case.objects.visible_to(cast.clara).get() == reported
    Membership.objects.filter(person=cast.ana).update(role="steward")
    assert Case.objects.visible_to(cast.clara).get() == reported
    assert not Case.objects.visible_to(cast.ana).exists()


def test_nobody_learns_who_reported(cast, reported, client_of):
    page = client_of(cast.bruno).get(reverse("review")).text
    assert "It hurts" in page
    assert "Dinis" not in page
    decide(reported, by=cast.bruno, hide=True, reason="It names a customer", now=cast.ana.now())
    thread = reverse("thread", args=[reported.message.thread_id])
    page = client_of(cast.ana).get(thread).text
    assert "It names a customer" in page
    assert "Dinis" not in page
    assert "Bruno" not in page


def test_reporting_twice_is_one_report(cast, reported):
    report(reported.message, cast.dinis, why="spam", words="", now=cast.dinis.now())
    report(reported.message, cast.clara, why="spam", words="", now=cast.dinis.now())
    assert Case.objects.count() == 1
    assert Report.objects.count() == 2


def test_hiding_needs_a_reason_and_happens_once(cast, reported):
    with pytest.raises(Refused, match="reason"):
        decide(reported, by=cast.bruno, hide=True, reason=" ", now=cast.ana.now())
    decide(reported, by=cast.bruno, hide=False, reason="", now=cast.ana.now())
    with pytest.raises(Refused, match="in the meantime"):
        decide(reported, by=cast.bruno, hide=True, reason="Late", now=cast.ana.now())
    assert Message.objects.get().hidden_at is None


def test_one_appeal_decided_by_somebody_else(cast, reported):
    now = cast.ana.now()
    decide(reported, by=cast.bruno, hide=True, reason="Names a customer", now=now)
    assert not Thread.objects.visible_to(cast.dinis).exists()
    reported.refresh_from_db()
    appeal(reported, words="It is a street, not a customer", now=now)
    assert not Case.objects.visible_to(cast.bruno).exists()
    assert Case.objects.visible_to(cast.clara).get() == reported
    decide(reported, by=cast.clara, hide=False, reason="A street it is", now=now)
    assert Thread.objects.visible_to(cast.dinis).exists()
    reported.refresh_from_db()
    with pytest.raises(Refused, match="twice"):
        appeal(reported, words="Again", now=now)


def test_a_refused_appeal_is_final(cast, reported):
    now = cast.ana.now()
    decide(reported, by=cast.bruno, hide=True, reason="Names a customer", now=now)
    appeal(reported, words="It does not", now=now)
    decide(reported, by=cast.clara, hide=True, reason="It does", now=now)
    reported.refresh_from_db()
    assert not reported.can_be_appealed


def test_only_the_author_asks_again(cast, reported, client_of):
    decide(reported, by=cast.bruno, hide=True, reason="Names a customer", now=cast.ana.now())
    address = reverse("case_again", args=[reported.pk])
    for person in (cast.dinis, cast.bruno, cast.clara):
        assert client_of(person).post(address, {"words": "Please"}).status_code == 404
    assert client_of(cast.ana).post(address, {"words": "Please"}).status_code == 302


def test_listed_words_wait_for_a_look(cast, square_with_keeper, post, say):
    assert add_words("Blóckhead\nblockhead\n\n  total   idiot ") == 2
    thread = post(cast.ana, square_with_keeper, "You BLOCKHEAD, you")
    assert not Thread.objects.visible_to(cast.dinis).exists()
    assert Thread.objects.visible_to(cast.ana).get() == thread
    case = Case.objects.get()
    decide(case, by=cast.bruno, hide=False, reason="", now=cast.ana.now())
    assert Thread.objects.visible_to(cast.dinis).exists()
    said = say(cast.bruno, thread, "Blockheads is another word")
    assert said.hidden_at is None
    edit(said, text="A total idiot", now=cast.ana.now())
    said.refresh_from_db()
    assert said.hidden_at


def test_a_report_is_only_for_readers_and_not_for_oneself(cast, group, post, client_of):
    message = post(cast.ana, group).messages.get()
    address = reverse("message_report", args=[message.pk])
    assert client_of(cast.dinis).post(address, {"why": "spam"}).status_code == 404
    assert client_of(cast.ana).post(address, {"why": "spam"}).status_code == 403
    assert client_of(cast.bruno).post(address, {"why": ""}).status_code == 422
    assert client_of(cast.bruno).post(address, {"why": "spam"}).status_code == 302


def test_only_learning_people_keep_the_list(cast, client_of):
    address = reverse("hidden_words")
    for person in (cast.ana, cast.bruno, cast.nadia):
        assert client_of(person).post(address, {"words": "x"}).status_code == 403
    client_of(cast.clara).post(address, {"words": "One\nTwo"})
    assert HiddenWord.objects.count() == 2
    client_of(cast.clara).post(address, {"remove": "one"})
    assert HiddenWord.objects.get().words == "Two"


def test_invisible_letters_hide_no_listed_word(cast, square_with_keeper, post):
    add_words("blockhead")
    for text in ("You block\u200bhead", "You block\u00adhead", "You b\u2060lockhead"):
        assert (
            not Thread.objects.visible_to(cast.dinis)
            .filter(pk=post(cast.ana, square_with_keeper, text).pk)
            .exists()
        )


def test_what_was_decided_is_read_only_by_those_who_look_after_the_group(cast, reported, client_of):
    Membership.objects.filter(person=cast.bruno).delete()
    decide(reported, by=cast.clara, hide=True, reason="Names a customer", now=cast.ana.now())
    assert "Some words" not in client_of(cast.clara).get(reverse("review")).text
