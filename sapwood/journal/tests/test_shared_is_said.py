"""What others can see tells at once what was shared, with whom, and where to take it back."""

from django.urls import reverse

from sapwood.journal.sharing import take_back
from sapwood.ledger.recording import record
from sapwood.ledger.sharing import share
from sapwood.people.visible.things import things_of


def picked(person):
    things = [thing for thing in things_of(person) if thing.circle == "picked" and thing.is_shown]
    return {thing.title: (thing.rows, thing.seen_by) for thing in things}


def alone(person, title):
    return next(thing.rows for thing in things_of(person) if thing.title == title)


def test_shared_entries_stand_under_people_you_picked(cast, write, client_of):
    write()
    shared = write(readers=[cast.bruno, cast.clara])
    found = picked(cast.ana)
    assert found["Entries you shared"] == (1, "Bruno Sá, Clara Sá")
    assert alone(cast.ana, "Journal entries") == 1
    page = client_of(cast.ana).get(reverse("visible")).content.decode()
    assert "Entries you shared" in page
    assert "Take back" in page
    assert page.count("People you picked") >= 1
    address = reverse("journal_entries") + "?shared=1"
    assert address in page
    listed = client_of(cast.ana).get(address).content.decode()
    assert reverse("journal_entry", args=[shared.pk]) in listed
    assert "You shared these" in listed
    take_back(shared)
    assert picked(cast.ana) == {}
    assert alone(cast.ana, "Journal entries") == 2


def test_shared_moments_too_and_the_page_stays_quick(
    cast, write, client_of, django_assert_max_num_queries
):
    write(readers=[cast.bruno])
    moment = record(cast.ana, way="classroom_course", title="Tried", occurred_on=cast.ana.today())
    share(moment, [cast.dinis])
    assert picked(cast.ana)["Moments you showed to people"] == (2, "Bruno Sá, Dinis Sá")
    assert picked(cast.bruno) == {}
    browser = client_of(cast.ana)
    browser.get(reverse("visible"))
    with django_assert_max_num_queries(12):
        browser.get(reverse("visible"))
