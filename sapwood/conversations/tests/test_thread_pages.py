"""Pages of threads: who may do what, what comes back when words are not taken, query counts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sapwood.conversations.models import Membership, Message
from sapwood.core.ids import uuid7
from sapwood.people.models import Person

MOST_QUERIES = 12


def test_only_readers_open_a_thread(cast, group, post, client_of):
    thread = post(cast.ana, group)
    strangers = ((cast.dinis, 404), (cast.clara, 404), (cast.nadia, 404), (None, 302))
    for person, status in ((cast.ana, 200), (cast.bruno, 200), *strangers):
        assert client_of(person).get(reverse("thread", args=[thread.pk])).status_code == status


def test_posting_and_answering_with_a_file(cast, group, client_of):
    key = uuid7()
    sent = {"id": key, "text": "Look at https://example.org and @Bruno Sá", "tone": "doing"}
    file = SimpleUploadedFile("notes.txt", b"Ten sounds and what made them")
    address = reverse("thread_new", args=[group.pk])
    answer = client_of(cast.ana).post(address, {**sent, "files": file})
    assert answer.status_code == 302
    page = client_of(cast.bruno).get(reverse("thread", args=[key])).text
    assert 'href="https://example.org"' in page
    assert reverse("profile", args=[cast.bruno.pk]) in page
    assert "notes.txt" in page


def test_strangers_write_nothing(cast, square, group, post, client_of):
    thread, closed = post(cast.ana, square), post(cast.ana, group)
    words = {"id": uuid7(), "text": "Let me in"}
    stranger = client_of(cast.dinis)
    assert stranger.post(reverse("thread_new", args=[group.pk]), words).status_code == 404
    assert stranger.post(reverse("answer_new", args=[closed.pk]), words).status_code == 404
    assert stranger.post(reverse("answer_new", args=[thread.pk]), words).status_code == 422
    assert stranger.get(reverse("thread_new", args=[square.pk])).status_code == 403
    assert Message.objects.count() == 2


def test_only_its_author_changes_or_removes_a_message(cast, group, post, client_of):
    message = post(cast.ana, group).messages.get()
    for name in ("message_edit", "message_remove"):
        address = reverse(name, args=[message.pk])
        assert client_of(cast.bruno).post(address, {"text": "Mine now"}).status_code == 403
        assert client_of(cast.dinis).post(address, {"text": "Mine now"}).status_code == 404
    sent = {"id": message.pk, "text": "Better"}
    client_of(cast.ana).post(reverse("message_edit", args=[message.pk]), sent)
    message.refresh_from_db()
    assert message.text == "Better"
    assert "Still hissing." in client_of(cast.bruno).get(
        reverse("message_history", args=[message.pk])
    ).text  # fmt: skip
    client_of(cast.ana).post(reverse("message_remove", args=[message.pk]))
    message.refresh_from_db()
    assert message.is_removed


def test_only_who_asked_accepts(cast, group, post, say, client_of):
    thread = post(cast.ana, group, kind="question", title="Is ticking ever anything?", text="")
    said = say(cast.bruno, thread)
    address = reverse("answer_accept", args=[said.pk])
    assert client_of(cast.bruno).post(address).status_code == 403
    assert client_of(cast.ana).post(address).status_code == 302
    said.refresh_from_db()
    thread.refresh_from_db()
    assert said.is_accepted
    assert thread.is_answered
    assert said.review_on.year == said.true_on.year + 1
    assert client_of(cast.dinis).post(reverse("answer_truth", args=[said.pk])).status_code == 404
    client_of(cast.bruno).post(reverse("answer_truth", args=[said.pk]), {"changed": "1"})
    thread.refresh_from_db()
    assert not thread.is_answered


def test_a_reaction_is_given_and_taken_back(cast, group, post, client_of):
    message = post(cast.ana, group).messages.get()
    address = reverse("message_react", args=[message.pk])
    bruno = client_of(cast.bruno)
    bruno.post(address, {"sense": "learned"})
    assert message.reactions.get().person == cast.bruno
    bruno.post(address, {"sense": "learned"})
    assert not message.reactions.exists()
    assert bruno.post(address, {"sense": "ranked"}).status_code == 403
    assert client_of(cast.ana).post(address, {"sense": "useful"}).status_code == 403
    assert client_of(cast.dinis).post(address, {"sense": "useful"}).status_code == 404


def test_names_of_those_who_reacted_are_for_the_author_alone(cast, group, post, client_of):
    message = post(cast.ana, group).messages.get()
    client_of(cast.bruno).post(reverse("message_react", args=[message.pk]), {"sense": "useful"})
    address = reverse("message_history", args=[message.pk])
    assert "Who reacted" in client_of(cast.ana).get(address).text
    assert "Who reacted" not in client_of(cast.bruno).get(address).text


def test_words_that_cannot_be_taken_come_back(cast, group, post, client_of):
    thread = post(cast.bruno, group)
    ana = client_of(cast.ana)
    for text in ("", "x" * 30_000):
        answer = ana.post(reverse("answer_new", args=[thread.pk]), {"id": uuid7(), "text": text})
        assert answer.status_code == 422
        assert text in answer.text
    called = ana.post(
        reverse("answer_new", args=[thread.pk]), {"id": uuid7(), "text": "@Leak Detectives look"}
    )
    assert called.status_code == 422
    assert "reaches 1 person" in called.text
    assert 'name="confirmed" value="1"' in called.text


def test_hostile_words_are_shown_as_words(cast, group, post, client_of):
    thread = post(cast.ana, group, "<img src=x onerror=alert(1)> javascript:alert(1) \u202etxt.exe")
    page = client_of(cast.bruno).get(reverse("thread", args=[thread.pk])).text
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
    assert 'href="javascript' not in page
    assert "\u202e" not in page


def test_those_who_look_after_a_group_merge_questions(cast, group, post, say, client_of):
    first = post(cast.bruno, group, kind="question", title="Is ticking anything?", text="")
    second = post(cast.ana, group, kind="question", title="Does ticking mean a leak?", text="")
    said = say(cast.bruno, second)
    address = reverse("thread_merge", args=[second.pk])
    assert client_of(cast.ana).post(address, {"into": first.pk}).status_code == 403
    assert client_of(cast.bruno).post(address, {"into": first.pk}).status_code == 302
    said.refresh_from_db()
    assert said.thread == first
    assert said.author == cast.bruno
    opened = client_of(cast.ana).get(reverse("thread", args=[second.pk]))
    assert opened.status_code == 302
    assert str(first.pk) in opened.url


@pytest.mark.parametrize("answers", [1, 60])
def test_a_thread_page_asks_few_questions_of_the_database(
    cast, group, post, say, client_of, answers, django_assert_max_num_queries
):
    Person.objects.update(created_at=cast.ana.created_at.replace(year=2020))
    cast.bruno.refresh_from_db()
    thread = post(cast.ana, group, kind="question", title="Is ticking ever anything?", text="")
    for number in range(answers):
        said = say(cast.bruno, thread, f"Answer {number} to @Ana Sá")
        said.reactions.create(person=cast.ana, sense="useful")
    browser = client_of(cast.ana)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = browser.get(reverse("thread", args=[thread.pk]))
    assert page.status_code == 200
    assert f"Answer {answers - 1} " in page.text
    if answers > 30:
        assert "Answer 2 to" not in page.text
        assert "Answer 2 to" in browser.get(reverse("thread", args=[thread.pk]) + "?page=2").text


def test_a_long_thread_opens_where_one_stopped(cast, group, post, say, client_of):
    thread = post(cast.ana, group)
    say(cast.bruno, thread, "Before")
    address = reverse("thread", args=[thread.pk])
    browser = client_of(cast.ana)
    assert "New since you were here" not in browser.get(address).text
    said = say(cast.bruno, thread, "After")
    page = browser.get(address).text
    assert f'href="#m-{said.pk}"' in page
    assert "New since you were here" in page
    assert "New since you were here" not in browser.get(address).text


def test_an_erased_name_goes_from_earlier_words_and_spares_longer_names(cast, square, post):
    from sapwood.conversations.changing import edit
    from sapwood.people.erasure import erase_person

    cast.clara.name = "Dinis Sá Pereira"
    cast.clara.save()
    message = post(cast.ana, square, "Ask @Dinis Sá and @Dinis Sá Pereira").messages.get()
    edit(message, text="Ask @Dinis Sá Pereira", now=cast.ana.now())
    edit(message, text="Ask @Dinis Sá, or @Dinis Sá Pereira", now=cast.ana.now())
    erase_person(cast.dinis)
    message.refresh_from_db()
    assert message.text == "Ask @Someone who left, or @Dinis Sá Pereira"
    assert [each.text for each in message.revisions.order_by("pk")] == [
        "Ask @Someone who left and @Dinis Sá Pereira", "Ask @Dinis Sá Pereira",
    ]  # fmt: skip


def test_an_erased_author_leaves_words_without_a_name(cast, group, post, say, client_of):
    from sapwood.people.erasure import erase_person

    thread = post(cast.ana, group, "Ask @Bruno Sá about loggers")
    say(cast.bruno, thread, "Logger four.")
    erase_person(cast.bruno)
    page = client_of(cast.ana).get(reverse("thread", args=[thread.pk])).text
    assert "Logger four." in page
    assert "Bruno" not in page
    assert not Membership.objects.filter(person=cast.bruno).exists()


def test_a_page_that_hears_of_news_asks_for_the_words_alone(cast, group, post, say, client_of):
    thread = post(cast.ana, group)
    say(cast.bruno, thread, "Logger four.")
    answer = client_of(cast.ana).get(
        reverse("thread", args=[thread.pk]), headers={"HX-Request": "true"}
    )
    assert "Logger four." in answer.text
    assert "<textarea" not in answer.text
    assert "<html" not in answer.text


def test_following_is_private_and_only_of_colleagues_one_may_find(cast, group, client_of):
    from sapwood.conversations.models import Watch
    from sapwood.people.blocking import block

    ana = client_of(cast.ana)
    ana.post(reverse("follow_person", args=[cast.bruno.pk]))
    ana.post(reverse("group_watch", args=[group.pk]), {"how": "mute"})
    page = ana.get(reverse("following")).text
    assert "Bruno" in page
    assert "Leak Detectives" in page
    assert "Bruno" not in client_of(cast.dinis).get(reverse("following")).text
    watch = Watch.objects.of(cast.ana).get(other=cast.bruno)
    stop = reverse("watch_forget", args=[watch.pk])
    assert client_of(cast.bruno).post(stop).status_code == 404
    assert ana.post(stop).status_code == 302
    block(cast.dinis, cast.ana)
    assert ana.post(reverse("follow_person", args=[cast.dinis.pk])).status_code == 404
    assert ana.post(reverse("follow_person", args=[cast.ana.pk])).status_code == 403
    stranger = client_of(cast.dinis).post(reverse("group_watch", args=[group.pk]))
    assert stranger.status_code == 404


def test_words_of_somebody_removed_while_writing_come_back(cast, group, post, client_of):
    thread = post(cast.bruno, group, "Secret of the group")
    ana = client_of(cast.ana)
    Membership.objects.filter(person=cast.ana).delete()
    sent = {"id": uuid7(), "text": "What I wrote for an hour"}
    for address in (
        reverse("answer_new", args=[thread.pk]),
        reverse("thread_new", args=[group.pk]),
        reverse("answer_new", args=[uuid7()]),
    ):
        answer = ana.post(address, sent)
        assert answer.status_code == 404
        assert "What I wrote for an hour" in answer.text
        assert "Secret of the group" not in answer.text
        assert "Leak Detectives" not in answer.text
    assert Message.objects.count() == 1


def test_the_list_of_names_holds_only_names(cast, square, client_of):
    cast.dinis.job_title = "Customer adviser"
    cast.dinis.save()
    cast.clara.name = "Tomás Pereira"
    cast.clara.save()
    page = client_of(cast.ana).get(reverse("names", args=[square.pk]), {"q": "tom"}).text
    assert "Tomás Pereira" in page
    assert "Dinis" not in page


def test_an_unknown_question_to_merge_with_is_asked_again(cast, group, post, client_of):
    thread = post(cast.ana, group, kind="question", title="Which valve?", text="")
    address = reverse("thread_merge", args=[thread.pk])
    assert client_of(cast.bruno).post(address, {"into": "nope"}).status_code == 422
