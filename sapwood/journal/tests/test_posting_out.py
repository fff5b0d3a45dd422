"""Words of an entry in a group: a copy, seen by the group alone, and taken back from the entry."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sapwood.conversations.models import Membership, Message, Thread
from sapwood.conversations.posting import answer
from sapwood.conversations.refusing import Refused
from sapwood.journal.models import EntryPost, JournalEntry
from sapwood.journal.posting_out import groups_for, post_out, take_back, where_it_stands
from sapwood.ledger.models import Moment
from sapwood.people.erasure import erase_person
from sapwood.people.models import Person
from sapwood.people.visible.things import things_of
from sapwood.spaces.models import Space

pytestmark = pytest.mark.django_db
PIECE = "The pump sounded wrong at four."


@pytest.fixture(autouse=True)
def _not_their_first_day(cast):
    """What a new account takes back leaves a stub, so that its first posts count."""
    Person.objects.update(created_at=timezone.now() - timedelta(days=2))


@pytest.fixture
def group(cast):
    """A function that founds a group of Bruno's with Ana in it."""

    def make(openness="closed", name="Leak Detectives"):
        space = Space.objects.create(name=name, openness=openness, founded_by=cast.bruno)
        for person in (cast.ana, cast.bruno):
            Membership.objects.create(audience=space.audience, person=person)
        return space

    return make


def post(entry, space, text=PIECE, key=None):
    return post_out(entry, space, key=key or uuid4(), text=text, now=timezone.now())


def test_the_group_reads_a_copy_and_the_entry_stays_private(cast, write, group):
    entry = write()
    space = group()
    moments = Moment.objects.count()
    made = post(entry, space)
    entry.refresh_from_db()
    assert entry.visibility == "private"
    assert Moment.objects.count() == moments
    assert (made.thread.tone, made.thread.kind) == ("", "post")
    for person, sees in ((cast.bruno, 1), (cast.dinis, 0), (cast.clara, 0), (cast.nadia, 0)):
        assert Message.objects.visible_to(person).filter(text=PIECE).count() == sees
        assert not JournalEntry.objects.visible_to(person).exists()
        assert not EntryPost.objects.of(person).exists()


def test_only_into_groups_one_writes_in(cast, write, group):
    space = group("open")
    entry, foreign = write(), write(by=cast.dinis)
    with pytest.raises(Refused):
        post(foreign, space)
    space.archived_at = timezone.now()
    space.save()
    with pytest.raises(Refused):
        post(entry, space)
    assert not Thread.objects.exists()
    assert groups_for(cast.ana) == []


def test_who_will_read_it_is_said(cast, group):
    group("closed", "A"), group("open", "B")
    assert [(each.space.name, each.who) for each in groups_for(cast.ana)] == [
        ("A", "Its members can read it: 1 other person."),
        ("B", "Open: everyone can read it, 4 other people."),
    ]
    assert groups_for(cast.dinis) == []


def test_taken_back_it_is_gone(cast, write, group):
    entry = write()
    made = post(entry, group())
    take_back(made, now=timezone.now())
    assert not Thread.objects.exists()
    assert not EntryPost.objects.exists()
    take_back(made, now=timezone.now())  # twice is once


def test_taken_back_after_an_answer_only_the_words_go(cast, write, group):
    entry = write()
    made = post(entry, group())
    answer(cast.bruno, made.thread, key=uuid4(), text="Mine too.", now=timezone.now())
    assert where_it_stands(entry) == [made]
    take_back(made, now=timezone.now())
    opening, said = Message.objects.order_by("at")
    assert (opening.text, opening.is_removed, said.text) == ("", True, "Mine too.")
    assert not Message.objects.filter(folded__contains="pump").exists()
    assert where_it_stands(entry) == []


def test_removed_in_the_group_it_no_longer_stands(cast, write, group):
    entry = write()
    made = post(entry, group())
    answer(cast.bruno, made.thread, key=uuid4(), text="Mine too.", now=timezone.now())
    made.thread.messages.filter(is_opening=True).update(removed_at=timezone.now(), text="")
    assert where_it_stands(entry) == []


def test_sent_twice_it_is_one_post(cast, write, group, client_of):
    entry, space, ana = write(), group(), client_of(cast.ana)
    where = reverse("journal_post_out", args=[entry.pk])
    sent = {"id": str(uuid4()), "base": "0", "group": str(space.pk), "text": PIECE}
    for _twice in range(2):
        assert ana.post(where, sent).status_code == 302
    assert (Thread.objects.count(), EntryPost.objects.count()) == (1, 1)


def test_through_the_pages(cast, write, group, client_of):
    entry, space, ana = write(), group(), client_of(cast.ana)
    where, page = (reverse(f"journal_{name}", args=[entry.pk]) for name in ("post_out", "entry"))
    form = ana.get(where).content.decode()
    assert entry.text in form
    assert "Its members can read it: 1 other person." in form
    sent = {"id": str(uuid4()), "text": PIECE}
    assert ana.post(where, sent).status_code == 422
    assert ana.post(where, {**sent, "group": str(space.pk), "text": " "}).status_code == 422
    assert ana.post(where, {**sent, "group": str(uuid4())}).status_code == 422
    assert ana.post(where, {**sent, "group": str(space.pk)}).status_code == 302
    shown = ana.get(page).content.decode()
    assert "Words of it stand in" in shown
    assert "Leak Detectives" in shown
    back = reverse("journal_post_back", args=[entry.pk])
    assert ana.post(back, {"post": str(uuid4())}).status_code == 404
    answered = ana.post(back, {"post": str(EntryPost.objects.get().pk)}, follow=True)
    assert "The words are gone from Leak Detectives." in answered.content.decode()
    assert "Words of it stand in" not in answered.content.decode()


def test_nobody_else_posts_it_or_takes_it_back(cast, write, group, client_of):
    entry = write(readers=[cast.bruno])
    made = post(entry, group())
    where, back = (
        reverse(f"journal_{name}", args=[entry.pk]) for name in ("post_out", "post_back")
    )
    for person, status in ((cast.bruno, 403), (cast.dinis, 404), (cast.clara, 404)):
        browser = client_of(person)
        assert browser.get(where).status_code == status
        assert browser.post(back, {"post": str(made.pk)}).status_code == status
    page = client_of(cast.bruno).get(reverse("journal_entry", args=[entry.pk])).content.decode()
    assert "Leak Detectives" not in page
    assert EntryPost.objects.exists()


def test_calling_the_whole_group_asks_first(cast, write, group, client_of):
    entry, space, ana = write(), group(), client_of(cast.ana)
    where = reverse("journal_post_out", args=[entry.pk])
    sent = {"id": str(uuid4()), "group": str(space.pk), "text": "@Leak Detectives look at this"}
    answered = ana.post(where, sent)
    assert answered.status_code == 422
    assert 'name="confirmed" value="1"' in answered.content.decode()
    assert ana.post(where, {**sent, "confirmed": "1"}).status_code == 302


def test_the_third_choice_while_writing_leads_there(cast, client_of):
    sent = {"id": str(uuid4()), "text": "A long day.", "visibility": "group", "as": "keep"}
    answered = client_of(cast.ana).post(reverse("journal_new"), sent)
    entry = JournalEntry.objects.get()
    assert entry.visibility == "private"
    assert answered.headers["Location"] == reverse("journal_post_out", args=[entry.pk])


def test_deleting_the_entry_says_what_stays_and_takes_it_along_if_asked(
    cast, write, group, client_of
):
    space, ana = group(), client_of(cast.ana)
    stays, goes = write(), write()
    post(stays, space), post(goes, space, "Another piece.")
    page = ana.get(reverse("journal_entry", args=[stays.pk])).content.decode()
    assert "What stands in groups stays there unless you tick it" in page
    answered = ana.post(reverse("journal_delete", args=[stays.pk])).content.decode()
    assert "What you posted in Leak Detectives still stands there" in answered
    answered = ana.post(reverse("journal_delete", args=[goes.pk]), {"posts": "1"}).content.decode()
    assert "still stands there" not in answered
    assert [message.text for message in Message.objects.all()] == [PIECE]
    assert not EntryPost.objects.exists()


def test_brought_back_the_entry_knows_its_posts(cast, write, group, client_of):
    entry, ana = write(), client_of(cast.ana)
    made = post(entry, group())
    page = ana.post(reverse("journal_delete", args=[entry.pk])).content.decode()
    payload = page.partition('name="payload" value="')[2].partition('"')[0]
    ana.post(reverse("journal_undo"), {"payload": payload})
    assert where_it_stands(JournalEntry.objects.get()) == [made]


def test_erased_with_the_person(cast, write, group):
    post(write(), group())
    erase_person(cast.ana)
    assert not EntryPost.objects.exists()
    assert not Message.objects.filter(author=cast.ana).exists()


def test_it_is_told_as_private(cast, write, group):
    post(write(), group())
    (row,) = (row for row in things_of(cast.ana) if "grew from your journal" in str(row.title))
    assert (row.rows, row.circle) == (1, "you")


@pytest.mark.parametrize("name", ["journal_entry", "journal_post_out"])
def test_pages_ask_the_same_for_many_groups(name, cast, write, group, client_of):
    entry, ana = write(), client_of(cast.ana)
    where, counts = reverse(name, args=[entry.pk]), []
    for many in (1, 4):
        for n in range(many):
            post(entry, group("open", f"G{many}{n}"))
        ana.get(where)
        with CaptureQueriesContext(connection) as asked:
            ana.get(where)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 12, "\n".join(query["sql"] for query in asked.captured_queries)


def test_two_tabs_at_once_are_one_post_and_one_taking_back(cast, write, group, at_once):
    key, now = uuid4(), timezone.now()
    [(entry, space)] = at_once(lambda: (write(), group()))
    made = at_once(*[lambda: post(entry, space, key=key)] * 2)
    [kept] = at_once(lambda: list(EntryPost.objects.values_list("pk", flat=True)))
    assert [each.pk for each in made] == kept * 2
    assert at_once(*[lambda: take_back(made[0], now=now)] * 2) == [None, None]
    assert at_once(Thread.objects.count, EntryPost.objects.count) == [0, 0]
