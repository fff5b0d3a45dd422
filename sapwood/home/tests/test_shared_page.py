"""Shared with you: entries and moments colleagues showed, until they take them back."""

from django.urls import reverse
from django.utils import timezone

from sapwood.core.ids import uuid7
from sapwood.journal.keeping import keep
from sapwood.journal.sharing import share, take_back
from sapwood.ledger.recording import record


def write(person, text, *readers):
    entry = keep(person, uuid7(), text=text, now=timezone.now())
    share(entry, with_people=readers)
    return entry


def test_entries_and_moments_stand_in_one_list(cast, client_of):
    record(cast.ana, way="coaching", title="A moment for Bruno", shared_with=[cast.bruno])
    entry = write(cast.ana, "An entry for Bruno", cast.bruno)
    page = client_of(cast.bruno)
    html = page.get(reverse("shared_with_me")).content.decode()
    assert html.index("An entry for Bruno") < html.index("A moment for Bruno")
    assert html.count("An entry for Bruno") == 1
    take_back(entry)
    assert "An entry for Bruno" not in page.get(reverse("shared_with_me")).content.decode()


def test_others_see_nothing(cast, client_of):
    write(cast.ana, "An entry for Bruno", cast.bruno)
    html = client_of(cast.nadia).get(reverse("shared_with_me")).content.decode()
    assert "An entry for Bruno" not in html
    assert "Nothing is shared with you right now" in html


def test_pages_and_queries(cast, client_of, django_assert_max_num_queries):
    for number in range(15):
        record(cast.ana, way="coaching", title=f"Moment {number}.", shared_with=[cast.bruno])
        write(cast.ana, f"Entry {number}.", cast.bruno)
    page = client_of(cast.bruno)
    page.get(reverse("shared_with_me"))
    with django_assert_max_num_queries(12):
        first = page.get(reverse("shared_with_me")).content.decode()
    second = page.get(reverse("shared_with_me"), {"page": 2}).content.decode()
    assert "Entry 14." in first
    assert "Moment 0." in second
    assert "Entry 14." not in second
