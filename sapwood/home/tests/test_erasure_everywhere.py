"""Erasing a person through all apps: their words are gone, those of others can still be read."""

import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from sapwood.activities.models import Activity
from sapwood.journal.models import EntryShare, JournalEntry, Reply
from sapwood.ledger.learning import correct
from sapwood.ledger.models import Trunk
from sapwood.ledger.recording import record
from sapwood.people.erasure import erase_person
from sapwood.people.models import Person
from sapwood.writing.models import Draft

WORDS = ["quokka", "narwhal", "axolotl", "pangolin", "Zenobia"]


def tables_with(*words):
    """Tables of the raw database in which any of the words stands."""
    pattern = re.compile("|".join(words), re.IGNORECASE)
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(pattern.search(str(value)) for row in cursor.fetchall() for value in row):
                found.add(table)
    return found


def offer(owner, title, **more):
    activity = Activity.objects.create(
        kind="resource", title=title, way="curate_for_others", owner=owner, **more
    )
    activity.refresh()
    return activity


@pytest.fixture
def zenobia(cast):
    person = Person.objects.create_user(
        "zenobia@ardal.example", name="Zenobia Zed", unit=cast.network
    )
    record(person, way="journal_reflection", title="How a quokka smiles", shared_with=[cast.dinis])
    correct(person, "quokka quokka", way="journal_reflection", instead_of="curate_for_others")
    entry = JournalEntry.objects.create(
        person=person, text="A narwhal in the reservoir", written_on=person.today(),
        visibility="people",
    )  # fmt: skip
    EntryShare.objects.create(entry=entry, person=cast.ana)
    Draft.objects.create(
        id=entry.pk, person=person, fields={"text": "axolotl"}, saved_at=timezone.now()
    )
    offer(person, "Unfinished pangolin")
    return person


def test_no_word_of_theirs_is_left(zenobia, cast):
    assert len(tables_with(*WORDS)) >= 5
    erase_person(Person.objects.get(pk=zenobia.pk))
    assert tables_with(*WORDS) == set()
    assert not Trunk.objects.filter(person=zenobia).exists()


def test_what_others_use_stays_without_the_name(zenobia, cast, client_of):
    shared = offer(zenobia, "Reading a zone in five minutes", state="published",
                   published_at=timezone.now())  # fmt: skip
    entry = JournalEntry.objects.create(
        person=cast.ana, text="A quiet week", written_on=cast.ana.today(), visibility="people"
    )
    EntryShare.objects.create(entry=entry, person=zenobia)
    Reply.objects.create(entry=entry, author=zenobia, text="Glad to read it")
    erase_person(Person.objects.get(pk=zenobia.pk))
    page = client_of(cast.dinis).get(reverse("activity_show", args=[shared.pk])).content.decode()
    assert "Reading a zone in five minutes" in page
    assert "Zenobia" not in page
    assert client_of(cast.dinis).get(reverse("explore")).status_code == 200
    assert Reply.objects.get().author is None
    ana = client_of(cast.ana)
    assert ana.get(reverse("journal")).status_code == 200
    assert tables_with("Zenobia") == set()


def test_what_only_they_could_see_is_private_again(zenobia, cast, client_of):
    moment = record(cast.ana, way="journal_reflection", title="Mine", shared_with=[zenobia])
    erase_person(Person.objects.get(pk=zenobia.pk))
    moment.refresh_from_db()
    assert not moment.is_shared
    assert client_of(cast.ana).get(reverse("moments")).status_code == 200
