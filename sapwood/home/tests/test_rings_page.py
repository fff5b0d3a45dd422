"""The rings page: the picture, its table and story, and nobody else's."""

import re
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from sapwood.home.models import StoryLine
from sapwood.ledger.models import Moment
from sapwood.ledger.recording import record, record_many
from sapwood.ledger.rings.fonts import faces

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
    ana.post(address, {"text": "\u200b"})  # what nobody can see is empty
    page = ana.get("/rings/").content.decode()
    assert address not in page
    assert "Bring back the line" in page
    ana.post(f"/rings/{YEAR}/story/")
    assert not StoryLine.objects.exists()
    assert address in ana.get("/rings/").content.decode()


STORY = f"/rings/{YEAR}/story/"


def name_moments(person, *names: str) -> None:
    for name in names:
        record(person, way="learning_by_doing", title=name, knot=name)


def test_bringing_back_what_was_taken_out_spares_what_was_rewritten(cast, client_of):
    fill(cast.ana)
    ana = client_of(cast.ana)
    ana.post(f"{STORY}first/", {"text": "It began with a leak."})
    ana.post(f"{STORY}rings/", {"text": ""})
    assert f"{STORY}rings/" not in ana.get("/rings/").content.decode()
    ana.post(STORY)
    page = ana.get("/rings/").content.decode()
    assert "It began with a leak." in page
    assert f"{STORY}rings/" in page


def test_rewritten_words_outlive_moments_that_come_and_go(cast, client_of):
    fill(cast.ana)
    name_moments(cast.ana, "First leak", "First map")
    ana = client_of(cast.ana)
    ana.post(f"{STORY}knots/", {"text": "Two days I shall not forget."})
    name_moments(cast.ana, "Third thing")
    page = ana.get("/rings/").content.decode()
    assert page.count("Two days I shall not forget.") == 2  # the line and its label
    assert "You named" not in page
    Moment.objects.of(cast.ana).update(knot="")
    assert "Two days I shall not forget." in ana.get("/rings/").content.decode()
    form = ana.get(f"{STORY}knots/").content.decode()
    assert "Back to the first words" not in form
    Moment.objects.of(cast.ana).delete()
    assert "Two days I shall not forget." in ana.get("/rings/").content.decode()


def test_words_for_a_sentence_that_has_just_gone_are_kept(cast, client_of):
    fill(cast.ana)
    ana = client_of(cast.ana)
    assert ana.get(f"{STORY}knots/").status_code == 404
    ana.post(f"{STORY}knots/", {"text": "Typed while another window deleted it."})
    assert "Typed while another window" in ana.get("/rings/").content.decode()
    assert ana.post(f"{STORY}elsewhere/", {"text": "No such subject"}).status_code == 404


@pytest.mark.parametrize("key", ["first", "knots"])  # one that is told, and one that has gone
def test_a_line_that_is_too_long_comes_back_whole(cast, client_of, key: str):
    fill(cast.ana)
    ana, words = client_of(cast.ana), "A pump, a leak, a map. " * 30
    answer = ana.post(f"{STORY}{key}/", {"text": words, "draft": "story-x"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words.strip() in page
    said = "holds up to 600 characters and this has 689. Your words are all still here"
    assert said in page
    assert 'aria-invalid="true"' in page
    assert "id_text_error" in page.split("aria-describedby=")[1][:20]
    assert "maxlength" not in page
    assert "kept" not in answer.cookies  # the browser's copy stays
    assert not StoryLine.objects.exists()


def test_a_line_break_counts_once(cast, client_of):
    fill(cast.ana)
    ana, words = client_of(cast.ana), "ã" * 298 + "\r\n\r\n" + "é" * 300
    assert ana.post(f"{STORY}first/", {"text": words}).status_code == 302
    assert StoryLine.objects.get().text == words.replace("\r\n", "\n")
    assert ana.post(f"{STORY}first/", {"text": f"{words}!"}).status_code == 422
    assert StoryLine.objects.get().text == words.replace("\r\n", "\n")


def test_older_keys_become_subjects_and_no_words_go(cast):
    def keep(key: str, text: str) -> None:
        StoryLine.objects.create(person=cast.ana, year=YEAR, key=key, text=text)

    keep("knots.2", "Older words")
    keep("knots.3", "Newer words")
    keep("knots.4", "")
    keep("quiet.0312", "")
    keep("first", "As it was")
    import_module("sapwood.home.migrations.0002_story_subjects").to_subjects(apps, None)
    assert dict(StoryLine.objects.values_list("key", "text")) == {
        "knots": "Newer words",
        "knots.2": "Older words",
        "quiet": "",
        "first": "As it was",
    }


def test_this_browser_keeps_what_is_typed_into_the_story(cast, client_of):
    fill(cast.ana)
    ana = client_of(cast.ana)
    page = ana.get(f"{STORY}first/").content.decode()
    box = re.search(r'<draft-keeper[^>]*box="([^"]+)"', page)[1]
    assert "data-draft-state" in page
    ana.post(f"{STORY}first/", {"text": "Kept.", "draft": box})
    assert ana.cookies["kept"].value == f"{cast.ana.pk}:{box}"


def test_manners_wear_no_ring_colour(cast, client_of):
    fill(cast.ana)
    page = client_of(cast.ana).get("/rings/").content.decode()
    how = page.split('id="mix-how"')[1].split("<details")[0]
    assert 'class="hb"' in how
    assert 'class="hb r' not in how


def test_a_poster_speaks_of_no_table(cast, client_of):
    fill(cast.ana)
    ana = client_of(cast.ana)
    assert "The table below" in ana.get("/rings/").content.decode()
    for address in ("poster/", "poster.svg"):
        said = ana.get(f"/rings/{YEAR}/{address}").content.decode()
        assert "drawn as tree rings" in said
        assert "The table below" not in said


def test_without_a_typeface_the_poster_page_says_so(cast, client_of, monkeypatch):
    fill(cast.ana)
    ana = client_of(cast.ana)
    assert "without words" not in ana.get(f"/rings/{YEAR}/poster/").content.decode()
    monkeypatch.setattr("sapwood.ledger.rings.fonts.SERIFS", ("No Such Family",))
    monkeypatch.setattr("sapwood.ledger.rings.fonts.SANS", ("None Either",))
    faces.cache_clear()
    try:
        assert "without words" in ana.get(f"/rings/{YEAR}/poster/").content.decode()
    finally:
        faces.cache_clear()


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
