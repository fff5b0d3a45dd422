"""Who hears of what is said: the named, the answered, the followers; never who may not read it."""

from datetime import timedelta

import pytest

from sapwood.conversations import reacting, watching
from sapwood.conversations.changing import edit, remove
from sapwood.conversations.models import Audience, Membership, Message, Reach
from sapwood.conversations.posting import answer, open_thread
from sapwood.core.announcing import announce
from sapwood.core.ids import uuid7
from sapwood.notify.abouts import still_seen
from sapwood.notify.kinds import kind_of
from sapwood.notify.letters.preview import next_letter
from sapwood.notify.models import Notice
from sapwood.notify.naming import who
from sapwood.notify.reading import new_count
from sapwood.people.blocking import block
from sapwood.people.erasure import erase_person


@pytest.fixture
def group(cast):
    audience = Audience.objects.create(name="Leak Detectives", home="/groups/")
    for person in (cast.ana, cast.bruno, cast.clara):
        Membership.objects.create(audience=audience, person=person)
    return audience


@pytest.fixture
def ask(group):
    def asking(person, title="Is the valve old?", text="It hisses.", **more):
        return open_thread(
            person, group, key=uuid7(), title=title, kind="question", text=text,
            now=person.now(), **more,
        )  # fmt: skip

    return asking


@pytest.fixture
def reply():
    def replying(person, thread, text="Yes, it is.", **more):
        return answer(person, thread, key=uuid7(), text=text, now=person.now(), **more)

    return replying


def rows_of(person):
    return list(Notice.objects.visible_to(person).filter(shows_at__isnull=False))


def told(person):
    return sorted((row.kind, row.reason, row.count) for row in rows_of(person))


def headlines(person):
    return [kind_of(row).headline(row) for row in rows_of(person)]


def test_who_asked_hears_of_answers_in_one_row(cast, ask, reply, run_jobs):
    thread = ask(cast.ana)
    reply(cast.bruno, thread)
    reply(cast.clara, thread, "Look for rust.")
    run_jobs()
    assert told(cast.ana) == [("answer", "asked", 2)]
    assert headlines(cast.ana) == ["Clara and Bruno answered in “Is the valve old?”"]
    [row] = rows_of(cast.ana)
    assert row.quote == "Look for rust."
    assert row.link.endswith(f"#m-{Message.objects.get(text='Look for rust.').pk}")


def test_who_wrote_hears_of_later_answers_and_nobody_of_their_own(cast, ask, reply, run_jobs):
    thread = ask(cast.ana)
    reply(cast.bruno, thread)
    run_jobs()
    assert told(cast.bruno) == []
    reply(cast.clara, thread)
    run_jobs()
    assert told(cast.bruno) == [("answer", "", 1)]
    assert told(cast.clara) == []


def test_answering_reads_what_stood_there(cast, ask, reply, run_jobs):
    thread = ask(cast.ana)
    reply(cast.bruno, thread)
    run_jobs()
    reply(cast.ana, thread, "Thank you.")
    run_jobs()
    assert not Notice.objects.visible_to(cast.ana).unread().exists()


def test_the_named_hear_once_though_it_is_their_thread(cast, ask, reply, run_jobs):
    thread = ask(cast.ana)
    reply(cast.bruno, thread, "@Ana Sá, is it brass?")
    run_jobs()
    assert told(cast.ana) == [("mention", "", 1)]
    assert headlines(cast.ana) == ["Bruno named you in “Is the valve old?”"]


def test_an_edit_tells_the_newly_named_only(cast, ask, reply, run_jobs):
    thread = ask(cast.ana)
    said = reply(cast.bruno, thread, "It is brass.")
    run_jobs()
    edit(said, text="It is brass, @Clara Sá and @Ana Sá.", now=cast.bruno.now())
    run_jobs()
    assert told(cast.clara) == [("mention", "", 1)]
    [row] = rows_of(cast.ana)
    assert (row.kind, row.count) == ("answer", 1)
    assert "brass, @Clara" in row.quote


def test_a_called_group_hears_by_job(cast, ask, run_jobs):
    ask(cast.ana, text="@Leak Detectives, who knows?", confirmed=2)
    assert not Notice.objects.exists()
    run_jobs()
    assert told(cast.bruno) == told(cast.clara) == [("call", "", 1)]
    assert told(cast.dinis) == told(cast.ana) == []


def test_any_new_post_is_off_in_the_inbox(cast, ask, run_jobs):
    ask(cast.ana)
    run_jobs()
    assert told(cast.bruno) == []
    [row] = Notice.objects.visible_to(cast.bruno)
    assert row.kind == "new_thread"
    assert row.email_due_at  # in the weekly e-mail


def test_followers_of_a_person_hear_of_a_new_post(cast, ask, run_jobs):
    watching.follow(cast.bruno, cast.ana)
    watching.follow(cast.dinis, cast.ana)  # who may not read the group
    ask(cast.ana)
    run_jobs()
    assert told(cast.bruno) == [("followed", "person", 1)]
    assert told(cast.dinis) == []


@pytest.mark.parametrize("what", ["thread", "group", "person"])
def test_what_is_muted_is_not_heard(cast, ask, reply, run_jobs, group, what):
    thread = ask(cast.ana)
    watching.mute(cast.ana, {"thread": thread, "group": group, "person": cast.bruno}[what])
    reply(cast.bruno, thread, "Well?" if what == "group" else "Well, @Ana Sá?")
    run_jobs()
    assert told(cast.ana) == []


def test_a_muted_group_lets_one_be_named(cast, ask, run_jobs, group):
    watching.mute(cast.bruno, group)
    ask(cast.ana, text="Hello @Bruno Sá, please!")
    run_jobs()
    assert told(cast.bruno) == [("mention", "", 1)]


def test_a_mute_calls_off_the_letter_that_waits(cast, ask, reply, run_jobs, group):
    reply(cast.bruno, ask(cast.ana))
    run_jobs()
    assert next_letter(cast.ana, cast.ana.now())
    watching.mute(cast.ana, group)
    assert next_letter(cast.ana, cast.ana.now()) is None


def test_who_blocks_keeps_nothing_the_other_told(cast, ask, reply, run_jobs):
    thread = ask(cast.ana)
    reply(cast.bruno, thread)
    run_jobs()
    reply(cast.clara, thread)
    run_jobs()
    block(cast.ana, cast.bruno)
    assert [who(row) for row in still_seen(cast.ana, rows_of(cast.ana))] == ["Clara"]
    run_jobs()
    assert headlines(cast.ana) == ["Clara answered in “Is the valve old?”"]
    block(cast.ana, cast.clara)
    run_jobs()
    assert new_count(cast.ana, cast.ana.now()) == 0


def test_whoever_is_erased_is_named_in_no_notice(cast, ask, reply, run_jobs):
    reply(cast.bruno, ask(cast.ana), "Clara Sá knows, I think @Clara Sá does.")
    run_jobs()
    assert "Clara" in rows_of(cast.ana)[0].quote
    erase_person(cast.clara)
    assert rows_of(cast.ana)[0].quote == ""


def test_people_kept_apart_do_not_hear_of_each_other(cast, ask, reply, run_jobs):
    thread = ask(cast.ana)
    reply(cast.clara, thread)
    block(cast.clara, cast.bruno)
    reply(cast.bruno, thread)
    run_jobs()
    assert told(cast.clara) == []


def test_who_was_removed_from_the_group_hears_nothing(cast, ask, reply, run_jobs):
    thread = ask(cast.ana)
    reply(cast.bruno, thread)
    run_jobs()
    reply(cast.clara, thread)
    Membership.objects.filter(person__in=[cast.ana, cast.bruno]).delete()
    run_jobs()
    assert told(cast.bruno) == []
    announce("readers_changed", thread.audience_id)
    run_jobs()
    assert not Notice.objects.filter(person=cast.ana).exists()


def test_words_that_were_removed_are_quoted_nowhere(cast, ask, reply, run_jobs):
    thread = ask(cast.ana)
    reply(cast.bruno, thread, "First.")
    second = reply(cast.clara, thread, "Second, which I regret.")
    run_jobs()
    remove(second, now=cast.clara.now())
    run_jobs()
    [row] = rows_of(cast.ana)
    assert (row.quote, row.count, row.actors_count, row.actor) == ("", 1, 1, cast.bruno)


def test_a_notice_goes_with_its_only_message(cast, ask, reply, run_jobs):
    said = reply(cast.bruno, ask(cast.ana))
    run_jobs()
    remove(said, now=cast.bruno.now())
    run_jobs()
    assert not rows_of(cast.ana)


def test_a_message_removed_before_the_job_is_never_told(cast, ask, reply, run_jobs):
    said = reply(cast.bruno, ask(cast.ana))
    remove(said, now=cast.bruno.now())
    run_jobs()
    assert not rows_of(cast.ana)


def test_a_thread_that_went_takes_its_notices_along(cast, ask, run_jobs):
    thread = ask(cast.ana, text="@Bruno Sá, look!")
    run_jobs()
    remove(thread.messages.get(), now=cast.ana.now())
    run_jobs()
    assert not Notice.objects.exists()


def test_reactions_come_together_and_can_be_taken_back(cast, ask, reply, run_jobs):
    said = reply(cast.ana, ask(cast.bruno))
    for person in (cast.bruno, cast.clara):
        reacting.react(said, person, "useful", now=person.now())
        run_jobs()
    assert headlines(cast.ana) == ["Clara and Bruno found your words in “Is the valve old?” useful"]
    reacting.react(said, cast.clara, "useful", now=cast.clara.now())
    run_jobs()
    [row] = rows_of(cast.ana)
    assert (row.count, row.actor) == (1, cast.bruno)
    reacting.react(said, cast.clara, "useful", now=cast.clara.now())
    run_jobs()
    assert rows_of(cast.ana)[0].count == 1  # once is enough


def test_out_of_date_is_a_thing_to_do(cast, ask, reply, run_jobs):
    said = reply(cast.ana, ask(cast.bruno))
    reacting.react(said, cast.clara, "outdated", now=cast.clara.now())
    run_jobs()
    assert told(cast.ana) == [("outdated", "", 1)]


def test_been_there_tells_nobody(cast, ask, reply, run_jobs):
    said = reply(cast.ana, ask(cast.bruno))
    reacting.react(said, cast.clara, "been", now=cast.clara.now())
    run_jobs()
    assert told(cast.ana) == []


def test_an_accepted_answer_and_a_year_later(cast, ask, reply, run_jobs):
    said = reply(cast.ana, ask(cast.bruno))
    reacting.accept(said, now=cast.bruno.now())
    run_jobs()
    assert told(cast.ana) == [("accepted", "", 1)]
    from sapwood.notify.conversations import ask_if_still_true

    later = cast.ana.now() + timedelta(days=366)
    assert ask_if_still_true(cast.ana.now()) == 0
    assert ask_if_still_true(later) == 1
    assert ask_if_still_true(later) == 0


def test_thanks_reach_one_person_alone(cast, ask, reply, run_jobs):
    said = reply(cast.ana, ask(cast.bruno))
    watching.thank(cast.clara, said, text="You saved my day.", now=cast.clara.now())
    run_jobs()
    [row] = rows_of(cast.ana)
    assert (row.kind, row.quote, row.actor) == ("thanks", "You saved my day.", cast.clara)
    assert not Notice.objects.exclude(person=cast.ana).filter(kind="thanks").exists()


def test_a_hidden_message_is_untold(cast, ask, reply, run_jobs):
    said = reply(cast.bruno, ask(cast.ana))
    run_jobs()
    Message.objects.filter(pk=said.pk).update(hidden_at=cast.ana.now())
    announce("message_changed", said.pk)
    run_jobs()
    assert not rows_of(cast.ana)


def test_everything_again_tells_nobody_twice(cast, ask, reply, run_jobs):
    from sapwood.notify.tasks import tell_message

    thread = ask(cast.ana, text="@Leak Detectives?", confirmed=2)
    reply(cast.bruno, thread, "@Clara Sá knows.")
    run_jobs()
    before = sorted(Notice.objects.values_list("person", "kind", "count"))
    for pk in Message.objects.values_list("pk", flat=True):
        tell_message.enqueue(str(pk))
    run_jobs()
    assert sorted(Notice.objects.values_list("person", "kind", "count")) == before


def test_in_an_open_square_only_members_and_followers_hear(cast, run_jobs):
    square = Audience.objects.create(name="Square", reach=Reach.EVERYONE)
    Membership.objects.create(audience=square, person=cast.ana)
    watching.follow(cast.dinis, square)
    open_thread(cast.ana, square, key=uuid7(), text="Hello", now=cast.ana.now())
    run_jobs()
    assert told(cast.dinis) == [("followed", "", 1)]
    assert not Notice.objects.filter(person=cast.clara).exists()


def test_opening_a_thread_reads_its_notices(cast, client_of, run_jobs):
    audience = Audience.objects.create(name="Readers")
    for person in (cast.ana, cast.bruno):
        Membership.objects.create(audience=audience, person=person)
    now = cast.ana.now()
    thread = open_thread(cast.ana, audience, key=uuid7(), text="Hissing", now=now)
    answer(cast.bruno, thread, key=uuid7(), text="Still?", now=now)
    run_jobs()
    assert Notice.objects.unread().filter(person=cast.ana).exists()
    client_of(cast.ana).get(thread.get_absolute_url())
    assert not Notice.objects.unread().filter(person=cast.ana).exists()
