"""Words coming in, changing and going; retries, names, moments."""

from datetime import timedelta

import pytest

from sapwood.conversations.changing import edit, remove
from sapwood.conversations.merging import merge
from sapwood.conversations.models import Membership, Message, Revision, Thread
from sapwood.conversations.posting import answer
from sapwood.conversations.refusing import GroupNotConfirmed, Refused
from sapwood.conversations.words import clean
from sapwood.core.ids import uuid7
from sapwood.ledger.models import Moment


def test_sending_twice_posts_once(cast, group, post, say):
    key = uuid7()
    first, second = post(cast.ana, group, key=key), post(cast.ana, group, key=key)
    assert first == second
    assert Message.objects.count() == 1
    key = uuid7()
    assert say(cast.bruno, first, key=key) == say(cast.bruno, first, key=key)
    first.refresh_from_db()
    assert first.answers == 1


def test_somebody_elses_key_is_refused(cast, group, post):
    thread = post(cast.ana, group)
    with pytest.raises(Refused):
        post(cast.bruno, group, key=thread.pk)


def test_a_member_removed_while_writing_is_told(cast, group, post, say):
    thread = post(cast.bruno, group)
    Membership.objects.filter(person=cast.ana).delete()
    with pytest.raises(Refused, match="no longer"):
        say(cast.ana, thread)


def test_a_thread_closed_while_writing_takes_nothing(cast, group, post, say):
    thread = post(cast.bruno, group)
    Thread.objects.update(is_closed=True)
    with pytest.raises(Refused, match="closed while you wrote"):
        say(cast.ana, thread)


def test_working_out_loud_is_a_private_moment_of_its_author(cast, group, post):
    post(cast.ana, group, "Holding the pump. Still hissing.", tone="doing")
    moment = Moment.objects.get()
    assert (moment.person, moment.way, moment.visibility) == (
        cast.ana, "working_out_loud", "private",
    )  # fmt: skip
    post(cast.ana, group, "Lunch at one?")
    assert Moment.objects.count() == 1


def test_answering_anothers_question_is_a_moment_once(cast, group, post, say):
    thread = post(cast.ana, group, kind="question", title="Is ticking ever anything?", text="")
    say(cast.ana, thread, "More about it.")
    assert not Moment.objects.exists()
    say(cast.bruno, thread)
    say(cast.bruno, thread, "And another thing.")
    moment = Moment.objects.get()
    assert (moment.person, moment.way) == (cast.bruno, "ask_answer")


def test_names_after_an_at_are_found(cast, group, post):
    thread = post(cast.ana, group, "Ask @Bruno Sá, he was there. Not @Dinis Sá nor a@b.example.")
    message = thread.messages.get()
    assert [mention.person for mention in message.mentions.all()] == [cast.bruno]


def test_two_people_of_one_name_are_told_apart(cast, square, post):
    cast.dinis.name = cast.clara.name
    cast.dinis.save()
    with pytest.raises(Refused, match="More than one"):
        post(cast.ana, square, "@Clara Sá, look")
    thread = post(cast.ana, square, "@Clara Sá, look", picked=[cast.dinis.pk])
    assert thread.messages.get().mentions.get().person == cast.dinis


def test_a_group_is_called_only_after_its_number_was_seen(cast, group, post):
    with pytest.raises(GroupNotConfirmed) as told:
        post(cast.ana, group, "@Leak Detectives look at this")
    assert told.value.people == 1
    with pytest.raises(GroupNotConfirmed):
        post(cast.ana, group, "@Leak Detectives look at this", confirmed=7)
    thread = post(cast.ana, group, "@Leak Detectives look at this", confirmed=1)
    assert thread.messages.get().calls_group


def test_an_edit_keeps_the_earlier_words(cast, group, post):
    message = post(cast.ana, group, "Before").messages.get()
    edit(message, text="After", now=cast.ana.now())
    message.refresh_from_db()
    assert message.text == "After"
    assert message.edited_at
    assert [each.text for each in message.revisions.all()] == ["Before"]


def test_an_edit_to_the_same_words_is_none(cast, group, post):
    message = post(cast.ana, group, "Same").messages.get()
    edit(message, text="Same\r\n", now=cast.ana.now())
    assert not Revision.objects.exists()


def test_removing_leaves_a_stub_without_words(cast, group, post, say):
    thread = post(cast.ana, group)
    said = say(cast.bruno, thread, "Take this back @Ana Sá")
    edit(said, text="Take this back, please @Ana Sá", now=cast.bruno.now())
    remove(said, now=cast.bruno.now())
    said.refresh_from_db()
    assert said.is_removed
    assert said.text == said.folded == ""
    assert not said.revisions.exists()
    assert not said.mentions.exists()
    thread.refresh_from_db()
    assert thread.answers == 0


def test_removing_frees_no_room_on_the_first_day(cast, group, post):
    for _ in range(10):
        remove(post(cast.ana, group).messages.get(), now=cast.ana.now())
    with pytest.raises(Refused, match="first day"):
        post(cast.ana, group)


def test_a_post_nobody_answered_goes_whole(cast, group, post):
    cast.ana.created_at -= timedelta(days=2)
    cast.ana.save()
    thread = post(cast.ana, group)
    remove(thread.messages.get(), now=cast.ana.now())
    assert not Thread.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c", "abc"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("line\r\nline\rline", "line\nline\nline"),
        ("o" + "\u0301" * 400, "ó" + "\u0301" * 5),
        ("👩‍🔧" * 3, "👩‍🔧" * 3),
        ("a" + "\n" * 40 + "b", "a\n\n\nb"),
    ],
)
def test_words_are_made_safe_to_show(typed, kept):
    assert len(clean(typed)) <= len(kept) + 1
    assert clean(typed)[:3] == kept[:3]


def test_a_hundred_thousand_characters_are_refused_with_a_sentence(cast, group, post):
    with pytest.raises(Refused, match="100,000 characters"):
        post(cast.ana, group, "x" * 100_000)
    with pytest.raises(Refused, match="few words"):
        post(cast.ana, group, " \u200b ")


def test_a_young_account_posts_slowly(cast, group, post):
    for _ in range(10):
        post(cast.ana, group)
    with pytest.raises(Refused, match="first day"):
        post(cast.ana, group)
    cast.ana.created_at -= timedelta(days=2)
    cast.ana.save()
    post(cast.ana, group)


def test_many_answers_at_once_are_all_counted(cast, group, post, at_once):
    [thread] = at_once(lambda: post(cast.ana, group))

    def speak(person):
        for _ in range(4):
            answer(person, thread, key=uuid7(), text="At once", now=person.now())

    assert at_once(lambda: speak(cast.ana), lambda: speak(cast.bruno)) == [None, None]
    [answers] = at_once(lambda: Thread.objects.get(pk=thread.pk).answers)
    assert answers == 8


def test_one_key_sent_twice_at_once_posts_once(cast, group, post, at_once):
    key = uuid7()
    one, two = at_once(
        lambda: post(cast.ana, group, key=key), lambda: post(cast.ana, group, key=key)
    )
    assert one == two
    [said] = at_once(lambda: Message.objects.filter(thread=key).count())
    assert said == 1


def test_a_removed_question_leaves_no_title(cast, group, post, say):
    thread = post(cast.ana, group, kind="question", title="Is Bruno ill?", text="He coughs.")
    say(cast.bruno, thread)
    remove(thread.messages.get(is_opening=True), now=cast.ana.now())
    thread.refresh_from_db()
    assert "Bruno" not in thread.title


def test_a_changed_question_can_be_read_as_it_was(cast, group, post):
    thread = post(cast.ana, group, kind="question", title="Which valve?", text="The old one.")
    message = edit(
        thread.messages.get(), text="The old one.", title="Which pump?", now=cast.ana.now()
    )
    assert message.edited_at
    assert "Which valve?" in message.revisions.get().text
    thread.refresh_from_db()
    assert thread.title == "Which pump?"


def test_nothing_is_changed_where_nothing_can_be_said(cast, square, post):
    message = post(cast.ana, square, "Mine").messages.get()
    Thread.objects.update(is_closed=True)
    with pytest.raises(Refused, match="closed while you wrote"):
        edit(message, text="Else", now=cast.ana.now())
    Thread.objects.update(is_closed=False)
    Membership.objects.filter(person=cast.ana).delete()
    with pytest.raises(Refused, match="no longer"):
        edit(message, text="Else", now=cast.ana.now())


def test_changing_counts_as_posting_on_the_first_day(cast, group, post):
    message = post(cast.ana, group).messages.get()
    for number in range(9):
        edit(message, text=f"Words {number}", now=cast.ana.now())
    with pytest.raises(Refused, match="first day"):
        edit(message, text="One more", now=cast.ana.now())


def test_a_question_put_with_another_keeps_its_words(cast, group, post):
    first = post(cast.bruno, group, kind="question", title="Is ticking anything?", text="")
    second = post(cast.ana, group, kind="question", title="Ticking, a leak?", text="At night.")
    merge(second, first, by=cast.bruno)
    said = first.messages.get(author=cast.ana)
    assert not said.is_opening
    assert "Ticking, a leak?" in said.text
    assert "At night." in said.text
    first.refresh_from_db()
    assert first.answers == 1


def test_a_group_with_a_long_name_can_be_called(cast, group, post):
    group.name = "People who listen to pipes in the middle of the night"
    group.save()
    with pytest.raises(GroupNotConfirmed):
        post(cast.ana, group, f"@{group.name}, come and hear this")


def test_signs_in_pasted_code_name_nobody(cast, group, post):
    text = "\n".join("@Test def one(): pass" for _ in range(40))
    assert not post(cast.ana, group, text).messages.get().named
