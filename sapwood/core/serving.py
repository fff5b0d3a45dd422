"""The server: granian with forked workers, jobs and mail beside them, watched together."""

import gc
import logging
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.template import engines
from django.urls import get_resolver
from django.utils import translation
from django.utils.module_loading import import_string
from jinja2 import TemplateError

from sapwood.core.bridge import environ_of
from sapwood.core.worker import Worker

STREAMS = 2000  # connections of one serving process; each open page may hold a stream
DRAIN = 20  # seconds that requests and the job at hand have to finish
CRASH_LOOP = 5  # seconds: a job worker that dies sooner than this, twice, stops the server
QUIET = {
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"propagate": True}, "granian.access": {"propagate": False}},
}
SIGN_IN = {"method": "GET", "path": "/account/login/", "query_string": b"", "http_version": "1.1"}
fork = multiprocessing.get_context("fork")
logger = logging.getLogger("sapwood.serve")


def _unsaid(*_: Any) -> Any:
    """The answer that warms us up goes nowhere."""


def preload() -> None:
    """Loads what every worker needs, once, before they are forked: they share the memory."""
    wsgi_application = import_string(settings.WSGI_APPLICATION)
    get_resolver().reverse_dict  # noqa: B018
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    for name in environment.list_templates(extensions=["html", "txt"]):
        with suppress(TemplateError):  # its page will say so; the others can be served
            environment.get_template(name)
    for language in ("en", "pt"):
        with translation.override(language):
            translation.gettext("Today")
    host = (b"host", settings.ALLOWED_HOSTS[0].encode())
    with closing(
        wsgi_application(environ_of(SIGN_IN | {"headers": [host]}, BytesIO(), 0), _unsaid)
    ):
        connections.close_all()
    gc.collect()
    gc.freeze()


def work() -> None:
    """The life of the job worker beside the pages."""
    worker = Worker()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


class BesideProcess:
    """Keeps one process alive beside the pages; tells `on_failure` when it cannot."""

    def __init__(self, name: str, life: Callable[[], None], on_failure: Any) -> None:
        self.name, self.life = name, life
        self.on_failure = on_failure
        self.stopping = threading.Event()
        self.process: Any = None

    def start(self) -> None:
        """Forks the process and watches it."""
        self._fork()
        threading.Thread(target=self._watch, name=self.name, daemon=True).start()

    def stop(self) -> None:
        """Lets what is at hand finish, up to the limit."""
        self.stopping.set()
        self.process.terminate()
        self.process.join(DRAIN)
        if self.process.is_alive():
            self.process.kill()

    def _fork(self) -> None:
        self.started = time.monotonic()
        self.process = fork.Process(target=self._live, name=self.name)
        self.process.start()

    def _live(self) -> None:
        with suppress(OSError):  # so that `ps` tells it from the processes that serve pages
            Path("/proc/self/comm").write_text(self.name)
        self.life()

    def _watch(self) -> None:
        quick_deaths = 0
        while not self.stopping.is_set():
            self.process.join()
            if self.stopping.wait(1):  # a signal to the whole group reaches the worker first
                return
            is_quick = time.monotonic() - self.started < CRASH_LOOP
            quick_deaths = quick_deaths + 1 if is_quick else 0
            logger.error("a process beside the pages died", extra={"job": self.name})
            if quick_deaths >= 2:
                self.on_failure()
                return
            self._fork()


def serve(
    *,
    host: str,
    port: int,
    workers: int,
    with_jobs: bool,
    beside: Mapping[str, Callable[[], None]] | None = None,
) -> None:
    """Serves until SIGTERM or Ctrl+C; raises SystemExit(1) when a child keeps dying.

    Dead page workers are replaced; requests under way have `DRAIN` seconds to finish.
    """
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    multiprocessing.set_start_method("fork", force=True)
    preload()
    server = Granian(
        "sapwood.asgi:application",
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        backpressure=STREAMS,
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN,
        log_level=LogLevels.warning,
        log_dictconfig=QUIET,
    )
    failed = threading.Event()

    def give_up() -> None:
        failed.set()
        server.signal_handler_interrupt()

    lives = {**({"sapwood-jobs": work} if with_jobs else {}), **(beside or {})}
    for name, life in lives.items():
        process = BesideProcess(name, life, give_up)
        server.on_startup(process.start)
        server.on_shutdown(process.stop)
    server.serve()
    if failed.is_set():
        raise SystemExit("A process beside the pages keeps dying; its log lines say why.")
