"""What happens in conversations is heard under thread and audience, by those who may read them."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.template import engines

from sapwood.conversations.models import Audience, Membership, Thread
from sapwood.conversations.posting import answer, open_thread
from sapwood.core.announcing import announce
from sapwood.core.ids import uuid7
from sapwood.live import log
from sapwood.live.publishing import check_rights
from sapwood.live.topics import audible


@pytest.fixture
def thread(cast: SimpleNamespace) -> Thread:
    """Ana's post in a closed group of Ana and Bruno."""
    group = Audience.objects.create(name="Leak Detectives")
    for person in (cast.ana, cast.bruno):
        Membership.objects.create(audience=group, person=person)
    return open_thread(cast.ana, group, key=uuid7(), text="Still hissing.", now=cast.ana.now())


def heard(since: int) -> list[tuple[str, str]]:
    events = log.after(since)
    return [(one.topic, one.message.decode().split('"name":"')[1].split('"')[0]) for one in events]


def test_an_answer_is_heard_under_its_thread_and_audience(
    cast: SimpleNamespace, thread: Thread
) -> None:
    here, there = f"thread:{thread.pk}", f"audience:{thread.audience_id}"
    start = log.latest()
    message = answer(cast.bruno, thread, key=uuid7(), text="Which valve?", now=cast.bruno.now())
    found = [one for one in heard(start) if one[0] in (here, there)]
    assert found == [(here, "posted"), (there, "posted")]
    assert b"valve" not in b"".join(event.message for event in log.after(start))
    for occasion, name in (
        ("message_changed", "changed"),
        ("message_removed", "changed"),
        ("reaction_changed", "reacted"),
        ("answer_accepted", "answered"),
    ):
        start = log.latest()
        announce(occasion, message.pk)
        assert {(here, name), (there, name)} <= set(heard(start))
    start = log.latest()
    announce("thread_changed", thread.pk)
    assert {(here, "thread"), (there, "thread")} <= set(heard(start))


def test_a_notice_is_heard_by_its_person(cast: SimpleNamespace) -> None:
    start = log.latest()
    announce("notice_given", cast.ana.pk)
    assert heard(start) == [(f"person:{cast.ana.pk}", "notice")]


def test_only_readers_hear_a_thread(cast: SimpleNamespace, thread: Thread) -> None:
    topics = [f"audience:{thread.audience_id}", f"thread:{thread.pk}"]
    assert audible(cast.bruno, topics) == topics
    for stranger in (cast.dinis, cast.clara, cast.nadia):
        assert audible(stranger, topics) == []
    Membership.objects.filter(person=cast.bruno).delete()
    assert audible(cast.bruno, topics) == []


def test_a_ticket_costs_a_query_for_each_kind(
    cast: SimpleNamespace, thread: Thread, django_assert_max_num_queries: Callable[..., object]
) -> None:
    topics = [f"thread:{uuid7()}" for _ in range(20)] + [f"thread:{thread.pk}"]
    with django_assert_max_num_queries(4):
        assert audible(cast.bruno, topics) == [f"thread:{thread.pk}"]


def test_who_lost_a_right_is_asked_for_a_new_ticket(cast: SimpleNamespace) -> None:
    start = log.latest()
    check_rights([cast.ana.pk, cast.bruno.pk])
    expected = {f"{log.CHECK}{cast.ana.pk}", f"{log.CHECK}{cast.bruno.pk}"}
    assert {topic for topic, _name in heard(start)} == expected


def test_a_page_says_what_it_listens_to() -> None:
    ui = engines["jinja2"].env.globals["ui"]
    html = str(ui.live(["thread:1", "person:2"]))
    assert 'data-topics="thread:1 person:2"' in html
    assert 'data-ticket="/live/ticket/"' in html
    assert "live-stream-" in html
