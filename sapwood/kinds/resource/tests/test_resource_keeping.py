"""A resource: text, link and files through its form; the card through its job."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sapwood.activities.models import Activity
from sapwood.core.fetcher import Page, Refused, fetch
from sapwood.kinds.resource.link_cards import fill_card
from sapwood.kinds.resource.looks import guess_way
from sapwood.kinds.resource.models import Resource
from sapwood.kinds.resource.tests.sample import SAMPLE
from sapwood.ledger.models import Moment
from sapwood.media.links.reading import read
from sapwood.media.tests.test_uploads_coming_in import picture

pytestmark = pytest.mark.django_db
FORM = {"title": "Calm networks", "language": "en", "audience": "everyone", "then": "publish"}
PAGE = b"""<!doctype html><head><title>Plain  title</title>
<meta property="og:title" content="Calm &amp; quiet"><meta name="description" content="Why.">
<meta property="og:image" content="/pump.png"></head><body><title>Not this</title>"""


@pytest.fixture
def ana(cast: SimpleNamespace, client_of: Callable[[object], Client]) -> Client:
    return client_of(cast.ana)


def send(ana: Client, **more: object) -> Activity:
    answer = ana.post(reverse("activity_new", args=["resource"]), {**FORM, **more})
    assert answer.status_code == 302, answer.content.decode()
    return Activity.objects.order_by("-created_at").first()


class Site(BaseHTTPRequestHandler):
    """A page with a card, and its picture."""

    def do_GET(self) -> None:
        body = picture("PNG") if self.path.endswith(".png") else PAGE
        kind = "image/png" if self.path.endswith(".png") else "text/html; charset=utf-8"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def outside() -> Iterator[tuple[str, Callable[[str], Page]]]:
    """The address of a page, and the real fetcher allowed to reach this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]

    def get(url: str) -> Page:
        return fetch(
            url,
            resolve=lambda host, port: ["127.0.0.1"],
            allowed=lambda address: True,
            ports={port},
        )

    yield f"http://water.example:{port}/calm", get
    server.shutdown()
    server.server_close()


def test_an_article_is_cleaned_timed_and_found(ana: Client) -> None:
    words = "pressure " * 900
    body = f"<h2>Why</h2><p>{words}</p><script>alert(1)</script><p onclick='x'>end</p>"
    activity = send(ana, body=body)
    assert "script" not in activity.resource.body
    assert "onclick" not in activity.resource.body
    assert (activity.way, activity.ring, activity.minutes) == ("job_aid", 1, 5)
    page = ana.get(reverse("activity_show", args=[activity.pk])).content.decode()
    assert "<h2>Why</h2>" in page
    assert "alert(1)" not in page


def test_what_was_typed_without_the_editor_becomes_paragraphs(ana: Client) -> None:
    assert send(ana, body="One\r\n\r\nTwo").resource.body == "<p>One</p><p>Two</p>"


def test_something_must_be_there(ana: Client) -> None:
    answer = ana.post(reverse("activity_new", args=["resource"]), FORM)
    assert answer.status_code == 422
    assert "give a link or a file" in answer.content.decode()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.example"])
def test_only_addresses_of_the_web_are_links(ana: Client, link: str) -> None:
    answer = ana.post(reverse("activity_new", args=["resource"]), {**FORM, "link": link})
    assert answer.status_code == 422
    assert "begins with https://" in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_link_may_leave_out_its_scheme(ana: Client) -> None:
    assert send(ana, link="example.org/a").resource.link == "https://example.org/a"


def test_files_are_attached_and_taken_away(ana: Client) -> None:
    pdf = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 \n")
    text = SimpleUploadedFile("notes.txt", b"by night")
    activity = send(ana, files_added=[pdf, text])
    assert activity.facts == "PDF, TXT"
    page = ana.get(reverse("activity_show", args=[activity.pk])).content.decode()
    assert "plan.pdf" in page
    gone = activity.resource.attachments.first()
    edit = reverse("activity_edit", args=[activity.pk])
    assert "plan.pdf" in ana.get(edit).content.decode()
    ana.post(edit, {**FORM, "files_removed": [str(gone.pk)]})
    activity.refresh_from_db()
    assert activity.facts == "TXT"


def test_a_bad_file_comes_back_with_a_sentence(ana: Client) -> None:
    bad = SimpleUploadedFile("x.svg", b"<svg onload=alert(1)>")
    answer = ana.post(reverse("activity_new", args=["resource"]), {**FORM, "files_added": [bad]})
    assert answer.status_code == 422
    assert "We take pictures" in answer.content.decode()


def test_a_link_gets_its_card_from_its_page(ana: Client, cast, outside) -> None:
    url, get = outside
    activity = send(ana, link=url)
    assert activity.resource.is_waiting
    assert (activity.way, activity.facts) == ("read_external", "water.example")
    fill_card(activity.pk, fetch=get)
    details = Resource.objects.get(pk=activity.pk)
    assert (details.link_title, details.link_text) == ("Calm & quiet", "Why.")
    assert details.link_picture.content_type == "image/webp"
    page = ana.get(reverse("activity_show", args=[activity.pk])).content.decode()
    assert "Calm &amp; quiet" in page
    assert "/pump.png" not in page
    assert "/uploads/" in page
    fill_card(activity.pk, fetch=get)
    assert Resource.objects.get(pk=activity.pk).link_picture == details.link_picture


def test_the_author_s_words_stay(ana: Client, outside) -> None:
    url, get = outside
    activity = send(ana, link=url, link_title="Mine")
    fill_card(activity.pk, fetch=get)
    details = Resource.objects.get(pk=activity.pk)
    assert (details.link_title, details.link_text) == ("Mine", "Why.")


def test_a_new_link_does_not_keep_the_old_card(ana: Client, outside) -> None:
    url, get = outside
    activity = send(ana, link=url)
    fill_card(activity.pk, fetch=get)
    old = Resource.objects.get(pk=activity.pk)
    data = {**FORM, "link_title": old.link_title, "link_text": old.link_text}
    edit = reverse("activity_edit", args=[activity.pk])
    ana.post(edit, {**data, "link": "https://other.example/"})
    details = Resource.objects.get(pk=activity.pk)
    assert (details.link_title, details.link_text, details.link_picture) == ("", "", None)
    assert details.is_waiting


def test_a_page_that_cannot_be_read_leaves_a_card_to_write(ana: Client, run_jobs) -> None:
    """The job of a link to this machine's own network: refused by the real fetcher."""
    activity = send(ana, link="http://127.0.0.1/private")
    run_jobs()
    details = Resource.objects.get(pk=activity.pk)
    assert details.card_state == "failed"
    page = ana.get(reverse("activity_show", args=[activity.pk])).content.decode()
    assert "could not read that page" in page
    ana.post(reverse("activity_edit", args=[activity.pk]),
             {**FORM, "link": details.link, "link_title": "Said by hand"})  # fmt: skip
    page = ana.get(reverse("activity_show", args=[activity.pk])).content.decode()
    assert "Said by hand" in page


def test_a_film_plays_on_the_page_once_the_reader_asks(ana: Client) -> None:
    activity = send(ana, link="https://vimeo.com/76979871")
    answer = ana.get(reverse("activity_show", args=[activity.pk]))
    page = answer.content.decode()
    assert "vimeo.com, which will see your address" in page
    assert "embed-consent" in page
    assert "<iframe" not in page
    assert "frame-src https://" in answer["Content-Security-Policy"]


def test_a_page_made_to_stop_its_reader_is_read(ana: Client) -> None:
    """The parser of the standard library took minutes for this."""
    activity = send(ana, link="https://other.example/")
    html = b"<title>Calm</title><![" + b"<a " * 300_000

    fill_card(activity.pk, fetch=lambda url: Page(url, "text/html", "", html))
    assert Resource.objects.get(pk=activity.pk).link_title == "Calm"


def test_a_job_for_what_is_gone_asks_nobody(ana: Client) -> None:
    activity = send(ana, link="https://other.example/")
    pk = activity.pk
    activity.delete()

    def never(url: str) -> Page:
        raise AssertionError(url)

    fill_card(pk, fetch=never)


def test_offline_is_a_failure_that_is_kept(ana: Client) -> None:
    activity = send(ana, link="https://other.example/")

    def offline(url: str) -> Page:
        raise Refused("name")

    fill_card(activity.pk, fetch=offline)
    assert Resource.objects.get(pk=activity.pk).card_state == "failed"


@pytest.mark.parametrize(
    ("html", "title", "text"),
    [
        (b"<title>One</title>", "One", ""),
        (b"<title>One<meta name=description content='x'>", "One", "x"),
        (b"", "", ""),
        (b"<meta property='og:title' content='  '><title>\n A  b </title>", "A b", ""),
        (b"<title>" + b"x" * 5000, "x" * 199 + "…", ""),
        (b"<" * 10_000 + b"<title>late</title>", "late", ""),
        (b"\xff\xfe<title>\xe9</title>", "\ufffd", ""),
    ],
)
def test_pages_full_of_mistakes_are_read(html: bytes, title: str, text: str) -> None:
    words = read(Page("https://a.example/", "text/html", "utf-8", html))
    assert (words.title, words.text) == (title, text)


@pytest.mark.parametrize("charset", ["idna", "undefined", "unicode_escape", "a\0b", "zlib"])
def test_a_charset_that_is_a_trap_stops_nothing(charset: str) -> None:
    html = rb"<title>a\ud800" + b"\0b</title>"
    title = read(Page("https://a.example/", "text/html", charset, html)).title
    assert "\0" not in title
    assert title.encode()


def test_a_file_behind_a_link_is_named() -> None:
    page = Page("https://a.example/x/Plano%20%C3%A1gua.pdf", "application/pdf", "", b"%PDF-")
    assert read(page).title == "Plano água.pdf"


@pytest.mark.parametrize(
    ("host", "way"),
    [("", "job_aid"), ("www.youtube.com", "watch_listen_external"), ("a.example", "read_external"),
     ("notyoutube.com", "read_external")],
)  # fmt: skip
def test_the_way_is_guessed(host: str, way: str) -> None:
    assert guess_way(host) == way


@pytest.mark.parametrize(
    ("way", "shape", "ring"),
    [("job_aid", "text", 1), ("watch_listen_external", "video", 1), ("mooc", "course", 1),
     ("elearning_module", "course", 0), ("classroom_course", "course", 0)],
)  # fmt: skip
def test_a_course_is_one_card_among_many(ana: Client, way: str, shape: str, ring: int) -> None:
    activity = send(ana, **SAMPLE, way=way)
    assert (activity.look.shape, activity.ring) == (shape, ring)
    wall = ana.get(reverse("explore")).content.decode()
    assert f"k-{shape} r{ring}" in wall


def test_reading_it_and_saying_what_stayed(ana: Client, cast, client_of) -> None:
    activity = send(ana, body="<p>Listen first.</p>")
    dinis = client_of(cast.dinis)
    page = reverse("activity_show", args=[activity.pk])
    dinis.post(reverse("activity_participation", args=[activity.pk]))
    assert "On your list" in dinis.get(page).content.decode()
    dinis.post(reverse("activity_completion", args=[activity.pk]), {"line": "Eyes closed."})
    moment = Moment.objects.get(person=cast.dinis)
    assert (moment.title, moment.way, moment.reflected) == ("Eyes closed.", "job_aid", True)
    shown = dinis.get(page).content.decode()
    assert "Eyes closed." in shown
    assert "Eyes closed." not in ana.get(page).content.decode()
    assert "Dinis" not in ana.get(page).content.decode()
    dinis.post(reverse("activity_completion", args=[activity.pk]), {"payload": "undo"})
    assert not Moment.objects.filter(person=cast.dinis).exists()


def test_a_new_one_begins_in_the_language_of_its_writer(cast, client_of) -> None:
    ana = client_of(cast.ana)
    ana.post(reverse("language"), {"language": "pt"})
    page = ana.get(reverse("activity_new", args=["resource"])).content.decode()
    assert '<option value="pt" selected>' in page
    cast.ana.refresh_from_db()
    assert cast.ana.language == "pt"


def test_a_picture_that_cannot_be_read_is_refused_with_the_reason(cast, client_of) -> None:
    broken = SimpleUploadedFile("p.png", b"\x89PNG\r\n\x1a\n" + b"x" * 90, "image/png")
    answer = client_of(cast.ana).post(reverse("upload_create"), {"file": broken, "alt": "A valve"})
    assert answer.status_code == 422
    assert "cannot be read" in answer.json()["error"]
