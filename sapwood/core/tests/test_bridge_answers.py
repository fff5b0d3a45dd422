"""The bridge between event loop and Django: bodies in, bodies and streams out, early leavers."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

from sapwood.core import bridge

SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "path": "/olá/",
    "query_string": b"a=1&b=%C3%A9",
    "http_version": "1.1",
    "scheme": "http",
    "server": ("localhost", 8000),
    "client": ("192.0.2.7", 4000),
    "headers": [
        (b"content-type", b"text/plain"),
        (b"content-length", b"999"),
        (b"x-name", b"one"),
        (b"x-name", b"two"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x_name", b"forged"),
    ],
}


class Plain:
    """An answer of one piece, as Django's HttpResponse is."""

    streaming = False

    def __init__(self, *pieces: bytes) -> None:
        self.pieces, self.closed = pieces, False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)

    def close(self) -> None:
        self.closed = True


class Stream(Plain):
    """An answer made piece by piece."""

    streaming = True


def ask(app: Any, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the bridge sends for a request whose body comes in `messages`."""
    sent: list[dict[str, Any]] = []
    waiting = list(messages)

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop(0)
        return await asyncio.Future()

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(bridge.Bridge(app, threads=1)(SCOPE, receive, send))
    return sent


def piece(body: bytes, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_request_arrives_whole_and_an_answer_leaves_in_two_messages() -> None:
    heard: dict[str, Any] = {}
    answer = Plain(b"good ", b"day")

    def app(environ: dict[str, Any], start: Any) -> Plain:
        heard.update(environ, said=environ["wsgi.input"].read(), thread=threading.current_thread())
        start("201 Created", [("X-Kept", "yes")])
        return answer

    sent = ask(app, [piece(b"hello ", more=True), piece(b"world")])
    assert heard["said"] == b"hello world"
    assert heard["CONTENT_LENGTH"] == "11"
    assert heard["CONTENT_TYPE"] == "text/plain"
    assert heard["HTTP_X_NAME"] == "one,two"
    assert heard["HTTP_COOKIE"] == "a=1; b=2"
    assert heard["PATH_INFO"].encode("latin1").decode() == "/olá/"
    assert heard["REMOTE_ADDR"] == "192.0.2.7"
    assert heard["thread"].name.startswith("pages")
    assert [m["type"] for m in sent] == ["http.response.start", "http.response.body"]
    assert (sent[0]["status"], sent[0]["headers"]) == (201, [(b"x-kept", b"yes")])
    assert sent[1]["body"] == b"good day"
    assert answer.closed


def test_a_stream_leaves_piece_by_piece() -> None:
    def app(environ: dict[str, Any], start: Any) -> Stream:
        start("200 OK", [])
        return Stream(b"one", b"two")

    sent = ask(app, [piece(b"")])
    assert [m.get("body") for m in sent] == [None, b"one", b"two", b""]
    assert [m.get("more_body", False) for m in sent[1:]] == [True, True, False]


def test_a_stream_ends_when_its_reader_leaves() -> None:
    made = []

    def pieces() -> Iterator[bytes]:
        for number in range(10_000):
            made.append(number)
            yield b"x"

    class Endless(Stream):
        def __iter__(self) -> Iterator[bytes]:
            return pieces()

    def app(environ: dict[str, Any], start: Any) -> Stream:
        start("200 OK", [])
        return Endless()

    ask(app, [piece(b""), {"type": "http.disconnect"}])
    assert len(made) < 100


def test_who_leaves_while_sending_reaches_no_view() -> None:
    def app(environ: dict[str, Any], start: Any) -> Plain:
        raise AssertionError("a view ran for half a body")

    assert ask(app, [piece(b"half", more=True), {"type": "http.disconnect"}]) == []


def test_a_body_over_the_limit_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(bridge, "LARGEST_BODY", 10)
    sent = ask(lambda *_: Plain(), [piece(b"x" * 11)])
    assert sent[0]["status"] == 413
