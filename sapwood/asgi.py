"""The server's application: live paths on the event loop, everything else in Django's threads."""

import asyncio
import os
import signal
from typing import Any

from django.core.wsgi import get_wsgi_application

from sapwood.core.bridge import App, Bridge, Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sapwood.settings")

wsgi_application = get_wsgi_application()
from sapwood.live.stream import Live  # noqa: E402 - once the apps are loaded

live = Live()
pages = Bridge(wsgi_application, threads=int(os.environ.get("SAPWOOD_THREADS", "3")))


async def healthz(scope: Scope, receive: Receive, send: Send) -> None:
    """This process answers."""
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok\n"})


NATIVE: dict[str, App] = {"/healthz": healthz, "/live/": live}


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Routes native paths to the event loop and the rest to Django."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    else:
        await NATIVE.get(scope["path"], pages)(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    watch: asyncio.Task[Any] | None = None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            watch = asyncio.create_task(_leave_with_parent(os.getppid()))
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, _leave)
            await send({"type": "lifespan.startup.complete"})
        else:
            if watch:
                watch.cancel()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _leave() -> None:
    """Ends the streams first: the server waits for every answer under way, and theirs never end.

    SIGINT means to the server what SIGTERM means.
    """
    try:
        live.close()
    finally:
        os.kill(os.getpid(), signal.SIGINT)


async def _leave_with_parent(parent: int) -> None:
    """Ends this process when the one that started it is gone, so that none is left on the port."""
    while os.getppid() == parent:
        await asyncio.sleep(2)
    os.kill(os.getpid(), signal.SIGTERM)
