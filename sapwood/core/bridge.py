"""The bridge from the event loop to Django: a fixed pool of threads with lasting connections.

Two thread hops a request (docs/decisions/0001-server.md). A request's body is collected on the
event loop before a thread is taken, so that a slow sender holds none; a streamed response is
handed on piece by piece and ends when its reader leaves.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Environ = dict[str, Any]
Headers = list[tuple[bytes, bytes]]

IN_MEMORY = 1024 * 1024
LARGEST_BODY = 256 * 1024 * 1024  # ten files of 20 MB, and some room


class Gone(Exception):
    """The browser left before it said everything."""


class TooLarge(Exception):
    """The body is longer than `LARGEST_BODY` bytes."""


async def collect(receive: Receive, file: Any) -> int:
    """Writes the whole body into `file`, back at its start; returns the length in bytes."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        chunk, more = message.get("body", b""), message.get("more_body", False)
        size += len(chunk)
        if size > LARGEST_BODY:
            raise TooLarge
        file.write(chunk)
    file.seek(0)
    return size


def environ_of(scope: Scope, body: Any, size: int) -> Environ:
    """The request as WSGI wants it (PEP 3333)."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" in name:  # "x_forwarded_for" must not pass for "x-forwarded-for"
            continue
        key = "HTTP_" + name.decode("latin1").upper().replace("-", "_")
        text = value.decode("latin1")
        if key in environ:
            text = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
        environ[key] = text
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ["CONTENT_LENGTH"] = str(size)
    return environ


class Bridge:
    """An ASGI application that answers with a WSGI one."""

    def __init__(self, wsgi: Callable[..., Iterable[bytes]], threads: int) -> None:
        self.wsgi = wsgi
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:  # on disk above 1 MB
            try:
                size = await collect(receive, body)
            except Gone:
                return
            except TooLarge:
                await send({"type": "http.response.start", "status": 413, "headers": []})
                await send({"type": "http.response.body", "body": b""})
                return
            await self._answer(environ_of(scope, body, size), receive, send)

    async def _answer(self, environ: Environ, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        reply = Reply(loop, receive, send)
        rest = await loop.run_in_executor(self.pool, reply.make, self.wsgi, environ)
        if not reply.streamed:
            await send(reply.head())
        await send({"type": "http.response.body", "body": rest})


class Reply:
    """One answer: made in a thread; sent at once at the end, or as a stream while it is made."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receive: Receive, send: Send) -> None:
        self.loop, self.receive, self._send = loop, receive, send
        self.status, self.headers = 500, Headers()
        self.streamed = False

    def start(self, status: str, headers: list[tuple[str, str]], _problem: Any = None) -> None:
        """WSGI's start_response."""
        self.status = int(status[:3])
        self.headers = [(n.lower().encode("latin1"), v.encode("latin1")) for n, v in headers]

    def head(self) -> dict[str, Any]:
        """The first message."""
        return {"type": "http.response.start", "status": self.status, "headers": self.headers}

    def make(self, wsgi: Callable[..., Any], environ: Environ) -> bytes:
        """Runs in a thread: the body, or what is left to send (nothing) after a stream."""
        response = wsgi(environ, self.start)
        try:
            if not getattr(response, "streaming", True):
                return b"".join(response)
            self.streamed = True
            left = asyncio.run_coroutine_threadsafe(self._begin(), self.loop).result()
            for chunk in response:
                if left.done():
                    break
                asyncio.run_coroutine_threadsafe(self._piece(chunk), self.loop).result()
            self.loop.call_soon_threadsafe(left.cancel)
            return b""
        finally:
            response.close()

    async def _begin(self) -> "asyncio.Future[Any]":
        await self._send(self.head())
        return asyncio.ensure_future(self.receive())  # an awaitable of the server, not a coroutine

    async def _piece(self, chunk: bytes) -> None:
        await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
