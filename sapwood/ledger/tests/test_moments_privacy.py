"""Nobody but its owner, and whom they picked, can see a moment; a deleted one leaves no trace."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from sapwood.ledger.models import Moment, MomentShare, Trunk
from sapwood.ledger.recording import record
from sapwood.ledger.sharing import share, share_only_with, withdraw

WORDS = "Zweigelt manifold whispering"
CASES = ["bruno", "clara", "dinis", "nadia"]


@pytest.fixture
def moment(cast: SimpleNamespace) -> Moment:
    return record(cast.ana, way="mooc", title=f"{WORDS} at noon", knot="Whisper")


@pytest.mark.parametrize("who", CASES)
def test_manager_steward_stranger_and_administrator_find_nothing(
    cast: SimpleNamespace, client_of: Callable[[object], Client], moment: Moment, who: str
) -> None:
    browser = client_of(getattr(cast, who))
    base = f"/moments/{moment.uid}/"
    assert {browser.get(base + part).status_code for part in ("", "edit/")} == {404}
    writing = ("edit/", "delete/", "take-back/", f"shares/{cast.bruno.pk}/withdraw/")
    assert {browser.post(base + part).status_code for part in writing} == {404}
    for page in ("", "?year=all", "?q=zweigelt"):
        assert WORDS not in browser.get(f"/moments/{page}").content.decode()
    for form in ("csv", "json", "html"):
        assert WORDS not in browser.get(f"/moments/download/{form}/?year=all").content.decode()
    assert Moment.objects.get().title.startswith(WORDS)


def test_signed_out_people_are_sent_to_the_door(
    client_of: Callable[[object], Client], moment: Moment
) -> None:
    guest = client_of(None)
    for path in ("", "new/", f"{moment.uid}/", "download/csv/", "from-your-browser/"):
        answer = guest.get(f"/moments/{path}")
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/account/login/")


def test_a_picked_colleague_reads_and_changes_nothing(
    cast: SimpleNamespace, client_of: Callable[[object], Client], moment: Moment
) -> None:
    share(moment, [cast.dinis, cast.ana])
    reader = client_of(cast.dinis)
    page = reader.get(f"/moments/{moment.uid}/").content.decode()
    assert WORDS in page
    assert "Ana shows you this by name." in page
    assert "/edit/" not in page
    assert reader.get(f"/moments/{moment.uid}/edit/").status_code == 403
    assert reader.post(f"/moments/{moment.uid}/delete/").status_code == 403
    assert WORDS not in reader.get("/moments/").content.decode()
    assert list(moment.shared_with.all()) == [cast.dinis]


def test_taking_back_works_at_once(
    cast: SimpleNamespace, client_of: Callable[[object], Client], moment: Moment
) -> None:
    before = Trunk.objects.get(person=cast.ana).version
    share(moment, [cast.dinis, cast.bruno])
    owner, reader = client_of(cast.ana), client_of(cast.dinis)
    assert "Dinis Sá" in owner.get(f"/moments/{moment.uid}/").content.decode()
    owner.post(f"/moments/{moment.uid}/shares/{cast.dinis.pk}/withdraw/")
    assert reader.get(f"/moments/{moment.uid}/").status_code == 404
    withdraw(moment, cast.bruno)
    moment.refresh_from_db()
    assert not moment.is_shared
    assert Trunk.objects.get(person=cast.ana).version == before + 2


def test_sharing_is_set_as_a_whole(cast: SimpleNamespace, moment: Moment) -> None:
    share_only_with(moment, [cast.dinis, cast.bruno])
    share_only_with(moment, [cast.bruno])
    assert [row.person for row in MomentShare.objects.all()] == [cast.bruno]
    share_only_with(moment, [])
    moment.refresh_from_db()
    assert not moment.is_shared


def test_a_colleague_who_left_the_share_list_sees_nothing_through_the_queryset(
    cast: SimpleNamespace, moment: Moment
) -> None:
    share(moment, [cast.dinis])
    assert moment in Moment.objects.visible_to(cast.dinis)
    Moment.objects.update(visibility="private")
    assert moment not in Moment.objects.visible_to(cast.dinis)


def every_text_in_the_database() -> str:
    """Every cell of every table."""
    cells = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            cells += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(cells)


def test_deleted_words_are_nowhere(
    cast: SimpleNamespace, client_of: Callable[[object], Client], run_jobs: Callable[[], int]
) -> None:
    browser = client_of(cast.ana)
    said = {"title": WORDS, "when": "today", "visibility": "private", "way": "mentoring"}
    for n in range(2):
        browser.post("/moments/new/", {**said, "title": f"{WORDS} {n}"})
    browser.get("/moments/?q=zweigelt")
    run_jobs()
    assert "zweigelt" in every_text_in_the_database().casefold()
    for moment in Moment.objects.all():
        browser.post(f"/moments/{moment.uid}/delete/")
    run_jobs()
    left = every_text_in_the_database().casefold()
    assert not [word for word in WORDS.casefold().split() if word in left]


def test_words_taken_out_by_a_change_are_forgotten(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    browser = client_of(cast.ana)
    said = {"title": WORDS, "when": "today", "visibility": "private", "way": "mentoring"}
    browser.post("/moments/new/", said)
    moment = Moment.objects.get()
    browser.post(
        f"/moments/{moment.uid}/edit/",
        {"title": "Plain words", "way": "mentoring", "occurred_on": "2026-01-05",
         "visibility": "private"},
    )  # fmt: skip
    assert "zweigelt" not in every_text_in_the_database().casefold()
