"""The rings page: the picture, its table and story, and nobody else's."""

from datetime import date

import pytest

from sapwood.home.models import StoryLine
from sapwood.ledger.models import Moment
from sapwood.ledger.recording import record, record_many

YEAR = date.today().year


def fill(person, count: int = 12) -> None:
    ways = ["learning_by_doing", "read_external", "facilitated_discussion", "classroom_course"]
    record_many(
        {"person": person, "way": ways[i % 4], "title": f"Thing {i}",
         "occurred_on": date(YEAR, 1, 1 + i % 20)}
        for i in range(count)
    )  # fmt: skip


def test_the_page_shows_picture_table_and_story(cast, client_of):
    fill(cast.ana)
    moment = Moment.objects.of(cast.ana).first()
    moment.knot = "First leak by ear"
    moment.save()
    page = client_of(cast.ana).get("/rings/").content.decode()
    assert page.count('class="rings-svg"') == 1
    assert "First leak by ear" in page
    assert "<table" in page
    assert 'class="story"' in page


def test_an_empty_year_is_an_invitation_not_an_error(cast, client_of):
    response = client_of(cast.ana).get("/rings/")
    assert response.status_code == 200
    assert "There is no story yet" in response.content.decode()


@pytest.mark.parametrize("year", [1900, YEAR + 1, 99999])
def test_years_that_cannot_be_are_not_found(cast, client_of, year: int):
    assert client_of(cast.ana).get(f"/rings/{year}/").status_code == 404


def test_each_sees_only_their_own(cast, client_of):
    record(cast.ana, way="learning_by_doing", title="Secret words", knot="Secret knot")
    for person in (cast.bruno, cast.clara, cast.dinis, cast.nadia):
        for address in ("/rings/", "/", f"/rings/{YEAR}/poster/", f"/rings/{YEAR}/poster.svg"):
            assert "Secret" not in client_of(person).get(address).content.decode()


@pytest.mark.parametrize(
    ("suffix", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")]
)
def test_the_poster_comes_as_a_file(cast, client_of, suffix: str, start: bytes):
    fill(cast.ana)
    response = client_of(cast.ana).get(f"/rings/{YEAR}/poster.{suffix}")
    assert response.status_code == 200
    assert response.content.startswith(start)
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_line_of_the_story_can_be_changed_taken_out_and_brought_back(cast, client_of):
    fill(cast.ana)
    ana = client_of(cast.ana)
    key = ana.get("/rings/").content.decode().split(f"/rings/{YEAR}/story/")[1].split("/")[0]
    address = f"/rings/{YEAR}/story/{key}/"
    ana.post(address, {"text": "In my own words."})
    assert "In my own words." in ana.get("/rings/").content.decode()
    ana.post(address, {"text": ""})
    page = ana.get("/rings/").content.decode()
    assert address not in page
    assert "Bring back the line" in page
    ana.post(f"/rings/{YEAR}/story/")
    assert not StoryLine.objects.exists()
    assert address in ana.get("/rings/").content.decode()


def test_a_line_that_is_not_there_cannot_be_edited(cast, client_of):
    assert client_of(cast.ana).get(f"/rings/{YEAR}/story/nothing/").status_code == 404


def test_queries_do_not_grow_with_the_record(cast, client_of, django_assert_max_num_queries):
    fill(cast.ana, 4)
    ana = client_of(cast.ana)
    ana.get("/rings/")
    with django_assert_max_num_queries(12):
        ana.get("/rings/")
    fill(cast.ana, 400)
    with django_assert_max_num_queries(12):
        ana.get("/rings/")
