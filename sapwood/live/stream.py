"""`/live/`: one stream of events for one browser, answered on the event loop (no thread, no page).

A stream first joins the hub, then reads what it missed, then sends what waits beyond that: so
nothing falls between, and nothing is sent twice.
"""

import asyncio
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import Error
from django.http.cookie import parse_cookie

from sapwood.core.bridge import Receive, Scope, Send
from sapwood.live import tickets
from sapwood.live.hub import BEAT, Hub, Stream, TooManyError
from sapwood.live.log import Missed
from sapwood.live.tail import SessionEndedError, Tail

PATIENCE = 2.0  # seconds in which streams say goodbye when the server stops
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Live:
    """The application behind `/live/`, with the hub of this process."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.tail: Tail | None = None
        self.tending: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one browser for as long as it listens: 401 asks for a new ticket."""
        asked = dict(parse_qsl(scope["query_string"].decode("latin1")))
        headers = dict(scope["headers"])
        try:
            ticket = tickets.read(asked.get("ticket", ""), _session_key(headers))
        except tickets.RefusedError:
            return await _refuse(send, 401)
        if self.hub.is_closing:
            return await _refuse(send, 503)
        now = asyncio.get_running_loop().time()
        stream = Stream(ticket.person, ticket.session, ticket.topics, now)
        try:
            self.hub.add(stream)
        except TooManyError:
            return await _refuse(send, 429)
        try:
            last = _number(headers.get(b"last-event-id", b"").decode() or asked.get("last"))
            missed = await self._feed().catch_up(ticket, last=last, ago=_number(asked.get("ago")))
            await self._speak(stream, missed, receive, send)
        except SessionEndedError:
            await _refuse(send, 401)
        except Error:
            await _refuse(send, 503)
        except asyncio.CancelledError:
            if not stream.is_cut:
                raise
        finally:
            self.hub.remove(stream)

    def close(self) -> None:
        """Says goodbye to everybody: the server stops."""
        self.hub.close()
        asyncio.get_running_loop().call_later(PATIENCE, self.hub.cut)

    def _feed(self) -> Tail:
        if self.tail is None:
            self.tail = Tail(self.hub)
            self.tail.start()
            self.tending = asyncio.create_task(self._tend())
        return self.tail

    async def _tend(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.hub.tend(asyncio.get_running_loop().time())

    async def _speak(self, stream: Stream, missed: Missed, receive: Receive, send: Send) -> None:
        async def say(text: bytes, *, more: bool = True) -> None:
            stream.beats_at = loop.time() + BEAT
            await send({"type": "http.response.body", "body": text, "more_body": more})

        loop = asyncio.get_running_loop()
        leaving = asyncio.create_task(_until_gone(stream, receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await say(_opening(missed))
            place = missed.upto
            while stream.ends_in is None and not leaving.done():
                await stream.awake.wait()
                piece, place = stream.take(place)
                place = max(place, self.hub.place)
                if piece:
                    await say(piece)
                elif loop.time() > stream.beats_at:
                    await say(_sign("beat", place))
            await say(_goodbye(stream.ends_in or 0), more=False)
        finally:
            leaving.cancel()


async def _until_gone(stream: Stream, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end(0.0)


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _sign(name: str, place: int) -> bytes:
    return f"event: {name}\nid: {place}\ndata:\n\n".encode()


def _opening(missed: Missed) -> bytes:
    """What was missed, or that it was too much; in any case where the stream stands."""
    first = "snapshot" if missed.is_too_much else "beat"
    replay = b"".join(event.message for event in missed.events)
    return b"retry: 3000\n" + replay + _sign(first, missed.upto)


def _goodbye(seconds: float) -> bytes:
    wait = round(seconds * 1000)
    return f"retry: {wait or 1000}\nevent: bye\ndata: {wait}\n\n".encode()


def _session_key(headers: dict[bytes, bytes]) -> str:
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin1"))
    return cookies.get(settings.SESSION_COOKIE_NAME, "")


def _number(text: str | None) -> int | None:
    return int(text) if text and len(text) < 16 and text.isascii() and text.isdigit() else None
