"""Streams on a real server: two processes hear what a third does; stop and sign-out end them."""

import http.client
import json
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from test_server_stands import SAPWOOD, Server, environment, free_port, until

PREPARE = """
import json
from django.test import Client
from sapwood.people.models import Organisation, Person
Organisation.objects.create(name="Ardal", set_up_at="2026-01-01T00:00:00Z")
ana = Person.objects.create_user("ana@ardal.example", name="Ana Sá")
cookies = []
for _ in range(2):
    browser = Client()
    browser.force_login(ana)
    cookies.append(browser.cookies.output(header="", attrs=[]).strip())
print(json.dumps({"topic": f"person:{ana.pk}", "cookies": cookies}))
"""
PUBLISH = """
from sapwood.live.publishing import publish
for n in range({}):
    publish("{}", "x", {{"n": n}})
"""
END_ONE = "from sapwood.core.sessions import SessionStore\nSessionStore('{}').delete()"
END_ALL = "from sapwood.people.models import Person\nPerson.objects.get().end_sessions()"


def shell(folder: Path, code: str) -> str:
    """Something done by another process on the same data."""
    done = subprocess.run(
        [*SAPWOOD, "manage", "shell", "--verbosity", "0", "-c", code],
        env=environment(folder), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


OPEN: "list[Listener]" = []


class Listener:
    """One stream, read in a thread: `events` as they came, `status` of the answer."""

    def __init__(self, port: int, topic: str, cookie: str, **more: object) -> None:
        self.events: list[dict[str, str]] = []
        self.has_ended = False
        head = {"Cookie": cookie}
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        asking.request("GET", f"/live/ticket/?{urlencode({'topic': topic})}", headers=head)
        answer = asking.getresponse()
        self.ticket = json.loads(answer.read())["ticket"] if answer.status == 200 else "none"
        asking.close()
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        query = urlencode({"ticket": self.ticket, **more})
        self.link.request("GET", f"/live/?{query}", headers=head)
        self.answer = self.link.getresponse()
        self.status = self.answer.status
        OPEN.append(self)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        block: dict[str, str] = {}
        try:
            while line := self.answer.readline().decode():
                if line == "\n":
                    self.events.append(block)
                    block = {}
                else:
                    name, _, value = line.partition(":")
                    block[name] = value.strip()
        except (OSError, http.client.HTTPException):
            pass
        self.answer.close()
        self.link.close()
        self.has_ended = True

    @property
    def heard(self) -> list[int]:
        """The numbers of the events, without signs of life."""
        texts = [event["data"] for event in self.events if "event" not in event]
        return [json.loads(text)["data"]["n"] for text in texts]

    @property
    def last(self) -> str:
        """The place reached."""
        return [event["id"] for event in self.events if "id" in event][-1]

    def has(self, name: str) -> bool:
        """True once an event of this kind came."""
        return any(event.get("event") == name for event in self.events)


@contextmanager
def living(folder: Path, workers: int = 2, **settings: str) -> Iterator[Server]:
    """A server; at its end no stream is left."""
    server = Server(folder, "--workers", str(workers), **settings)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()
        assert until(lambda: all(listener.has_ended for listener in OPEN), 10)
        OPEN.clear()


def ready(server: Server) -> tuple[str, str, str]:
    """The topic of Ana, and the cookies of her two sessions."""
    known = json.loads(shell(server.folder, PREPARE))
    return known["topic"], *known["cookies"]


def listening(count: int, make: Callable[[], Listener]) -> list[Listener]:
    listeners = [make() for _ in range(count)]
    assert {listener.status for listener in listeners} == {200}
    assert until(lambda: all(listener.has("beat") for listener in listeners), 10)
    return listeners


def test_every_process_hears_and_a_stop_keeps_nobody(tmp_path: Path) -> None:
    with living(tmp_path) as server:
        topic, cookie, _ = ready(server)
        listeners = listening(8, lambda: Listener(server.port, topic, cookie))
        shell(tmp_path, PUBLISH.format(5, topic))
        assert until(lambda: all(one.heard == [0, 1, 2, 3, 4] for one in listeners), 10)
        last = listeners[0].last
        start = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - start < 6, "open streams held the server"
        assert until(lambda: all(one.has("bye") for one in listeners), 5)
    shell(tmp_path, PUBLISH.format(3, topic))
    with living(tmp_path) as server:
        again = Listener(server.port, topic, cookie, last=last)
        assert until(lambda: again.heard == [0, 1, 2], 10), again.events
        assert not again.has("snapshot")
        far = Listener(server.port, topic, cookie, last=10**6)
        assert until(lambda: far.has("snapshot"), 10)
        assert far.heard == []


def test_a_session_that_ends_ends_its_streams(tmp_path: Path) -> None:
    with living(tmp_path) as server:
        topic, *cookies = ready(server)
        first, second = (
            listening(4, lambda cookie=cookie: Listener(server.port, topic, cookie))  # type: ignore[misc]
            for cookie in cookies
        )
        shell(tmp_path, END_ONE.format(cookies[0].partition("=")[2]))
        assert until(lambda: all(one.has_ended for one in first), 10)
        assert not any(one.has_ended for one in second)
        query = urlencode({"ticket": first[0].ticket})
        with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)) as old:
            for cookie in cookies:  # with its own cookie, and with that of another session
                old.request("GET", f"/live/?{query}", headers={"Cookie": cookie})
                answer = old.getresponse()
                assert (answer.status, answer.read()) == (401, b"")
        shell(tmp_path, END_ALL)
        assert until(lambda: all(one.has_ended for one in second), 10)
        assert Listener(server.port, topic, cookies[0]).status == 401


@pytest.mark.parametrize("is_silent", [False, True], ids=["down", "silent"])
def test_streams_stand_without_redis(tmp_path: Path, is_silent: bool) -> None:
    with closing(socket.socket()) as redis:
        port = free_port()
        if is_silent:
            redis.bind(("127.0.0.1", port))
            redis.listen(64)  # takes every call and never says a word
        with living(tmp_path, REDIS_URL=f"redis://127.0.0.1:{port}/0") as server:
            topic, cookie, _ = ready(server)
            listener = listening(1, lambda: Listener(server.port, topic, cookie))[0]
            shell(tmp_path, PUBLISH.format(1, topic))
            assert until(lambda: listener.heard == [0], 5)


def test_a_person_has_only_so_many_streams(tmp_path: Path) -> None:
    with living(tmp_path, workers=1) as server:
        topic, cookie, _ = ready(server)
        listening(10, lambda: Listener(server.port, topic, cookie))
        assert Listener(server.port, topic, cookie).status == 429
