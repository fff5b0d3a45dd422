"""Cards: one for each address, read once by a job, tried again, renewed, forgotten."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image

from sapwood.core.fetcher import Page, Refused, fetch
from sapwood.media.links.filling import fill
from sapwood.media.models import LinkCard, Upload
from sapwood.media.models.link_card import FRESH, KEPT, WAITS
from sapwood.media.tasks import fetch_card, retry_cards, sweep_link_cards
from sapwood.media.tests.test_uploads_coming_in import picture

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
URL = "https://water.example/calm"
HTML = b"<title>Calm networks</title><meta property=og:image content=/p.png>" + (
    b"<meta name=description content='Why &lt;b&gt;.'>"
)


class Web:
    """What a few addresses answer; `asked` counts."""

    def __init__(self, **pages: object) -> None:
        self.pages = {URL: ("text/html", HTML), "https://water.example/p.png":
                      ("image/png", picture("PNG", (900, 600)))}  # fmt: skip
        self.asked: list[str] = []

    def __call__(self, url: str, /) -> Page:
        self.asked.append(url)
        answer = self.pages.get(url, "name")
        if isinstance(answer, str):
            raise Refused(answer)
        content_type, data = answer
        return Page(url, content_type, "", data)


@pytest.fixture
def web() -> Web:
    return Web()


def card_of(url: str = URL, now: datetime = NOW) -> LinkCard:
    LinkCard.wanted(url, now=now)
    return LinkCard.objects.get()


def again(card: LinkCard) -> LinkCard:
    return LinkCard.objects.get(pk=card.pk)


def test_a_card_is_read_once_for_all(web: Web, django_assert_num_queries) -> None:
    card = card_of()
    assert LinkCard.of([URL], NOW) == {}
    fill(card.pk, now=NOW, ask=web)
    fill(card.pk, now=NOW, ask=web)
    assert web.asked == [URL, "https://water.example/p.png"]
    same = f"{URL}#part"
    with django_assert_num_queries(1):
        cards = LinkCard.of([URL, same, "https://other.example/", "not a link"], NOW)
        assert set(cards) == {URL, same}
        assert cards[URL].picture.is_picture
    assert (cards[URL].title, cards[URL].summary) == ("Calm networks", "Why <b>.")
    assert cards[URL].host == "water.example"
    shown = cards[URL].picture
    assert max(shown.width, shown.height) == 640
    assert not shown.small
    assert shown.owner is None
    assert shown.unused_since is None
    with Image.open(shown.file) as stored:
        assert stored.format == "WEBP"


def test_nothing_is_asked_for_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert LinkCard.of([]) == {}
        LinkCard.wanted()
        LinkCard.wanted("javascript:alert(1)", "http://user:p@x.example/", "http://x.local/", "x")


def test_twice_written_is_one_card_and_one_job(run_jobs: Callable[[], int], monkeypatch) -> None:
    LinkCard.wanted(URL, URL + "#b", now=NOW)
    LinkCard.wanted(URL, now=NOW)
    assert LinkCard.objects.count() == 1
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **more: [])
    assert run_jobs() == 1
    card = LinkCard.objects.get()
    assert (card.state, card.failed_because, card.tries) == ("failed", "name", 1)
    fetch_card.func(str(card.pk))


def test_the_second_of_two_jobs_at_once_throws_its_work_away(web: Web) -> None:
    card = card_of()

    def slow(url: str, /) -> Page:
        if url == URL:
            fill(card.pk, now=NOW, ask=web)
        return web(url)

    fill(card.pk, now=NOW, ask=slow)
    assert Upload.objects.count() == 1
    assert Upload.objects.get() == again(card).picture


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_people_write_the_same_links_at_once() -> None:
    urls = [f"https://water.example/{n}" for n in range(6)]
    both = threading.Barrier(2)
    failed: list[Exception] = []

    def write(order: list[str]) -> None:
        try:
            both.wait()
            LinkCard.wanted(*order, now=NOW)
        except Exception as problem:
            failed.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(each,)) for each in (urls, urls[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    from django_tasks_db.models import DBTaskResult

    assert failed == []
    assert LinkCard.objects.count() == 6
    assert DBTaskResult.objects.filter(task_path__endswith="fetch_card").count() == 6


def test_a_passing_trouble_is_tried_again_each_time_later(web: Web) -> None:
    card, now = card_of(), NOW
    web.pages[URL] = "time"
    for n, wait in enumerate(WAITS, start=1):
        fill(card.pk, now=now, ask=web)
        card = again(card)
        assert (card.state, card.tries, card.next_at) == ("failed", n, now + wait)
        now += wait
        assert card.take(now)
    fill(card.pk, now=now, ask=web)
    assert again(card).next_at is None
    LinkCard.wanted(URL, now=now + timedelta(days=1))
    assert again(card).next_at is None


@pytest.mark.parametrize("code", ["address", "scheme", "size", "status 404", "redirects", "port"])
def test_a_refusal_for_good_is_not_tried_again(web: Web, code: str) -> None:
    card = card_of()
    web.pages[URL] = code
    fill(card.pk, now=NOW, ask=web)
    assert (again(card).state, again(card).next_at) == ("failed", None)
    assert LinkCard.of([URL], NOW) == {}


def test_what_a_lost_job_left_is_read_in_the_next_round(run_jobs, monkeypatch) -> None:
    card = card_of(now=NOW)
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.all().delete()
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **more: [])
    retry_cards.func()
    assert run_jobs() == 1
    assert again(card).failed_because == "name"
    retry_cards.func()
    assert run_jobs() == 0


def test_an_old_card_is_renewed_and_keeps_its_words_meanwhile(web: Web) -> None:
    card = card_of()
    fill(card.pk, now=NOW, ask=web)
    LinkCard.wanted(URL, now=NOW + FRESH - timedelta(days=1))
    assert again(card).next_at is None
    later = NOW + FRESH + timedelta(days=1)
    LinkCard.wanted(URL, now=later)
    web.pages[URL] = "status 500"
    fill(card.pk, now=later, ask=web)
    assert LinkCard.of([URL], later)[URL].title == "Calm networks"
    web.pages[URL] = ("text/html", b"<title>Calmer</title>")
    assert again(card).take(later)
    fill(card.pk, now=later, ask=web)
    assert (again(card).title, again(card).picture, again(card).tries) == ("Calmer", None, 0)


def test_unused_cards_go_with_their_pictures_after_a_year(web: Web) -> None:
    card = card_of(now=NOW - KEPT - timedelta(days=2))
    fill(card.pk, now=NOW, ask=web)
    path = again(card).picture.file.name
    assert LinkCard.of([URL])  # somebody sees it
    sweep_link_cards.func()
    assert LinkCard.objects.exists()
    LinkCard.objects.update(wanted_at=NOW - KEPT - timedelta(days=400))
    sweep_link_cards.func()
    assert not LinkCard.objects.exists()
    assert not Upload.objects.exists()
    assert not default_storage.exists(path)


def test_an_address_with_a_key_shows_place_and_title_only(web: Web) -> None:
    guarded = f"{URL}?token=abc"
    web.pages[guarded] = ("text/html", HTML)
    card = card_of(guarded)
    fill(card.pk, now=NOW, ask=web)
    card = again(card)
    assert (card.title, card.summary, card.picture) == ("Calm networks", "", None)
    assert web.asked == [guarded]
    assert "token" not in card.host


@pytest.mark.parametrize(
    "answer",
    ["address", ("text/html", b"<html>"), ("image/svg+xml", b"<svg onload=alert(1)>"),
     ("image/png", b"\x89PNG\r\n\x1a\n broken"), ("image/png", picture("PNG", (8000, 6000))),
     ("image/png", picture("PNG", (4000, 20))), ("image/png", b"%PDF-1.7 \n"), ("image/png", b"")],
    ids=["private", "page", "svg", "broken", "bomb", "strip", "pdf", "empty"],
)  # fmt: skip
def test_a_bad_picture_is_left_out(web: Web, answer: object) -> None:
    web.pages["https://water.example/p.png"] = answer
    card = card_of()
    fill(card.pk, now=NOW, ask=web)
    assert (again(card).state, again(card).picture) == ("ready", None)
    assert not Upload.objects.exists()


def test_a_link_to_a_picture_shows_it_and_a_film_asks_its_site(web: Web) -> None:
    web.pages[URL] = ("image/png", picture("PNG"))
    card = card_of()
    fill(card.pk, now=NOW, ask=web)
    assert (again(card).kind, again(card).title) == ("picture", "calm")
    assert again(card).picture
    film = "https://vimeo.com/76979871"
    about = "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F76979871"
    web.pages[about] = ("application/json", b'{"title": "A pump", "author_name": "Ardal"}')
    LinkCard.wanted(film, now=NOW)
    fill(LinkCard.objects.get(url=film).pk, now=NOW, ask=web)
    shown = LinkCard.of([film], NOW)[film]
    assert (shown.title, shown.summary, shown.kind) == ("A pump", "Ardal", "video")
    assert shown.player
    assert film not in web.asked


def test_the_real_fetcher_refuses_the_machine_itself(run_jobs, cast: SimpleNamespace) -> None:
    LinkCard.wanted("http://127.0.0.1/private", "http://[::1]/", now=NOW)
    assert run_jobs() == 2
    assert set(LinkCard.objects.values_list("failed_because", "next_at")) == {("address", None)}


def test_a_card_that_is_gone_asks_nobody(web: Web) -> None:
    card = card_of()
    card.remove()
    fill(card.pk, now=NOW, ask=web)
    assert web.asked == []


def test_of_a_long_file_only_the_type_is_read() -> None:
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/pdf")
            self.end_headers()
            try:
                for _part in range(4000):
                    self.wfile.write(b"%PDF" * 1000)
            except OSError:
                return

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        rules = {"resolve": lambda host, port: ["127.0.0.1"], "allowed": lambda address: True,
                 "ports": {port}}  # fmt: skip
        page = fetch(f"http://a.example:{port}/plan.pdf", reads=lambda kind: False, **rules)
        assert (page.content_type, page.data) == ("application/pdf", b"")
        with pytest.raises(Refused, match="size"):
            fetch(f"http://a.example:{port}/plan.pdf", **rules)
        server.shutdown()
