"""Search finds what groups said, for whoever may read it, and lets nothing else through."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sapwood.conversations.changing import edit, remove
from sapwood.conversations.models import Membership, Message, Thread
from sapwood.conversations.posting import answer, open_thread
from sapwood.home.said import excerpt, said_in_groups
from sapwood.people.blocking import block
from sapwood.spaces.models import Note, Space

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(cast):
    """A function that founds a group of Ana's with Bruno in it."""

    def make(openness="closed", name="Leak Detectives"):
        space = Space.objects.create(name=name, openness=openness, founded_by=cast.ana)
        for person, role in ((cast.ana, "steward"), (cast.bruno, "member")):
            Membership.objects.create(audience=space.audience, person=person, role=role)
        return space

    return make


@pytest.fixture
def say(cast):
    """A function that posts something of Bruno's; with a title, it asks."""

    def make(space, text, title="", by=None, at=None):
        return open_thread(
            by or cast.bruno, space.audience, key=uuid4(), text=text, title=title,
            kind="question" if title else "post", now=at or timezone.now(),
        )  # fmt: skip

    return make


def found(q, person):
    return {"".join(text for text, _hit in one.title) for one in said_in_groups(q, person)}


def test_only_for_those_who_may_read(cast, group, say):
    closed, opened = group("closed"), group("open", "Pumps")
    say(closed, "The xylophone hisses.")
    say(opened, "A xylophone in the open.")
    Note.objects.create(space=closed, title="Xylophone list", html="<p>x</p>")
    Note.objects.create(space=opened, title="Open list", html="<p>A xylophone</p>")
    everything = {"The xylophone hisses.", "A xylophone in the open.", "Xylophone list",
                  "Open list"}  # fmt: skip
    assert found("xylophone", cast.ana) == found("xylophone", cast.bruno) == everything
    for person in (cast.clara, cast.nadia, cast.dinis):
        assert found("xylophone", person) == {"A xylophone in the open.", "Open list"}


def test_titles_answers_and_accents(cast, group, say):
    space = group()
    asked = say(space, "Depois da meia-noite.", title="Quem faz a manutenção?")
    assert found("manutencao meia", cast.ana) == {"Quem faz a manutenção?"}
    answer(cast.ana, asked, key=uuid4(), text="O Kwame, com a válvula fechada.", now=timezone.now())
    (one,) = said_in_groups("valvula", cast.bruno)
    assert one.kind == "Answer"
    assert ("válvula", True) in one.words
    assert one.group == "Leak Detectives"
    opening = asked.messages.get(is_opening=True)
    edit(opening, text=opening.text, title="Quem trata das bombas?", now=timezone.now())
    assert found("bombas", cast.ana) == {"Quem trata das bombas?"}
    assert found("manutencao", cast.ana) == set()


def test_what_is_hidden_removed_put_away_or_apart_is_not_found(cast, group, say):
    space = group()
    gone, hidden, apart = (
        say(space, f"xylophone {n}", by=by)
        for n, by in enumerate((cast.ana, cast.bruno, cast.bruno))
    )
    note = Note.objects.create(space=space, title="xylophone", archived_at=timezone.now())
    remove(gone.messages.get(), now=timezone.now())
    hidden.messages.update(hidden_at=timezone.now())
    assert found("xylophone", cast.ana) == {"xylophone 2"}
    Thread.objects.filter(pk=apart.pk).update(hidden_at=timezone.now())
    assert found("xylophone", cast.bruno) == set()
    Thread.objects.filter(pk=apart.pk).update(hidden_at=None)
    block(cast.ana, cast.bruno)
    assert found("xylophone", cast.ana) == set()
    assert note.is_put_away


def test_words_that_were_removed_are_gone_where_the_stub_stays(cast, group, say):
    asked = say(group(), "xylophone", title="Where is the marimba?")
    answer(cast.ana, asked, key=uuid4(), text="In the yard.", now=timezone.now())
    remove(asked.messages.get(is_opening=True), now=timezone.now())
    assert Message.objects.filter(folded__contains="xylophone").count() == 0
    assert found("marimba", cast.ana) == set()


def test_at_most_five_threads_each_once(cast, group, say):
    space = group()
    for n in range(7):
        thread = say(space, f"xylophone {n}")
        answer(cast.ana, thread, key=uuid4(), text="xylophone too", now=timezone.now())
        Note.objects.create(space=space, title=f"xylophone note {n}")
    rows = said_in_groups("xylophone", cast.ana)
    assert len(rows) == 10
    assert len({one.url.partition("#")[0] for one in rows}) == 10


def test_on_the_page(cast, group, say, client_of):
    space = group()
    say(space, "The xylophone hisses <b>at night</b>.")
    where = reverse("explore")
    page = client_of(cast.ana).get(where, {"q": "xylophone"}).content.decode()
    assert "Said in groups" in page
    assert "<mark>xylophone</mark>" in page
    assert "&lt;b&gt;" in page
    assert "in Leak Detectives, Bruno Sá" in page
    assert "but groups wrote of it" in page
    for person in (cast.dinis, cast.clara):
        other = client_of(person).get(where, {"q": "xylophone"}).content.decode()
        assert "Said in groups" not in other
        assert "hisses" not in other
    for more in ({"page": "2"}, {"kind": "resource"}, {"ring": "0"}, {"kind": "people"}):
        page = client_of(cast.ana).get(where, {"q": "xylophone", **more}).content.decode()
        assert "Said in groups" not in page


@pytest.mark.parametrize("q", ["", "  ", "x", "%"])
def test_next_to_nothing_finds_nothing(cast, group, say, q):
    say(group(), "xylophone 100 %")
    assert said_in_groups(q, cast.ana) == []


def test_a_page_asks_the_same_however_much_was_said(cast, group, say, client_of):
    space, browser, where = group(), client_of(cast.ana), reverse("explore")
    counts = []
    for many in (1, 6):
        for n in range(many):
            say(space, f"xylophone {n}")
            Note.objects.create(space=space, title=f"xylophone {n}")
        browser.get(where, {"q": "xylophone"})
        with CaptureQueriesContext(connection) as asked:
            browser.get(where, {"q": "xylophone"})
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 12, "\n".join(query["sql"] for query in asked.captured_queries)


def test_the_stretch_around_the_first_hit():
    text = "one " * 60 + "válvula " + "two " * 60
    words = "".join(piece for piece, _hit in excerpt(text, ["valvula"]))
    assert words.startswith("… one")
    assert words.endswith("two …")
    assert len(words) < 220
    assert excerpt(text, ["three"]) == []
