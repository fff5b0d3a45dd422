"""What we hand in goes over https, to public places only, and follows nobody elsewhere."""

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sapwood.core.fetcher import Answer, Refused, post


class Counter(BaseHTTPRequestHandler):
    """Takes what is handed in; `got` holds path, headers and body of each."""

    got: list[tuple[str, dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Counter.got.append((self.path, dict(self.headers), body))
        status = int(self.path.strip("/"))
        if status == 200:
            time.sleep(1)
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "120")
        if status == 307:
            self.send_header("Location", "http://inside.example/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def hand_in() -> Iterator[Callable[..., Answer]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    server.daemon_threads = True
    Counter.got = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]

    def ask(path: str = "/201", **more: object) -> Answer:
        rules = {"ports": {port}, "schemes": {"http"}, "allowed": lambda address: True,
                 "resolve": lambda host, port: ["127.0.0.1"], **more}  # fmt: skip
        url = f"http://outside.example:{port}{path}"
        return post(url, body=b"\x00words", headers={"TTL": "60"}, **rules)

    yield ask
    server.shutdown()
    server.server_close()


def test_body_and_headers_arrive_under_the_name_asked_for(hand_in: Callable[..., Answer]) -> None:
    assert hand_in() == Answer(201)
    [(path, headers, body)] = Counter.got
    assert (path, body, headers["TTL"]) == ("/201", b"\x00words", "60")
    assert headers["Host"].startswith("outside.example")
    assert "Cookie" not in headers


def test_every_status_is_told_and_no_redirect_followed(hand_in: Callable[..., Answer]) -> None:
    assert hand_in("/410").status == 410
    assert hand_in("/429") == Answer(429, 120)
    assert hand_in("/307").status == 307
    assert len(Counter.got) == 3


def test_a_private_address_gets_nothing(hand_in: Callable[..., Answer]) -> None:
    with pytest.raises(Refused, match="address"):
        hand_in(allowed=lambda address: False)
    with pytest.raises(Refused, match="address"):
        post("https://a.example/", body=b"x", headers={}, resolve=lambda host, port: ["10.0.0.1"])
    assert Counter.got == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://push.example/", "port"),
        ("http://push.example:443/", "scheme"),
        ("https://push.example:8443/", "port"),
        ("https://user@push.example/", "credentials"),
        ("https://localhost/", "address"),
        ("https://inside.internal/", "host"),
    ],
)
def test_only_https_on_its_own_port_is_asked(url: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        post(url, body=b"x", headers={}, resolve=lambda host, port: ["127.0.0.1"])


def test_an_answer_that_never_comes_ends_with_the_time(hand_in: Callable[..., Answer]) -> None:
    with pytest.raises(Refused, match="time"):
        hand_in("/200", seconds=0.3)
