"""The server: drains on SIGTERM, replaces dead children, refuses what is unsafe."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

SAPWOOD = [sys.executable, "-m", "sapwood.cli"]
ROOT = Path(__file__).parent.parent.parent


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Clean of what the tests themselves run with; an SQLite file of its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SAPWOOD_")
        and name not in {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"}
    }
    return kept | {"SAPWOOD_DATA": str(folder), "PYTHONPATH": str(ROOT), **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], object], seconds: float = 60) -> bool:
    """Waits for something to become true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if true():
                return True
        except OSError:
            pass
        time.sleep(0.05)
    return False


def get(port: int, path: str) -> tuple[int, str, http.client.HTTPResponse]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as link:
        link.request("GET", path)
        answer = link.getresponse()
        return answer.status, answer.read().decode(), answer


class Server:
    """`sapwood serve` in a folder of its own, with all it printed."""

    def __init__(self, folder: Path, *more: str, **settings: str) -> None:
        self.folder, self.port = folder, free_port()
        command = [*SAPWOOD, "serve", "--port", str(self.port), "--workers", "1", *more]
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, env=environment(folder, **settings), stdout=log, stderr=subprocess.STDOUT,
                cwd=folder,
            )  # fmt: skip
        if not until(lambda: get(self.port, "/healthz")[0] == 200):
            self.process.kill()
            raise AssertionError(self.log.read_text())

    def children(self) -> set[int]:
        listing = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return {int(pid) for file in listing for pid in file.read_text().split()}

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=30)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    yield running
    if running.process.poll() is None:
        running.stop()


def test_an_empty_database_is_prepared_and_the_first_link_printed(server: Server) -> None:
    assert get(server.port, "/readyz")[:2] == (200, "ready\n")
    printed = server.log.read_text()
    link = re.search(rf"Begin at http://localhost:{server.port}(\S+)", printed)
    assert link, printed
    assert get(server.port, link[1])[0] in {200, 302}


SIGNED_IN = """
from django.test import Client
from sapwood.activities.models import CalendarFeed
from sapwood.people.models import Organisation, Person
Organisation.objects.create(name="Ardal", set_up_at="2026-01-01T00:00:00Z")
person = Person.objects.create_user("ana@ardal.example", name="Ana Sá")
CalendarFeed.objects.create(person=person)
browser = Client()
browser.force_login(person)
print(browser.cookies.output(header="", attrs=[]).strip())
"""


def test_addresses_that_leave_the_house_name_the_port(server: Server) -> None:
    done = subprocess.run(
        [*SAPWOOD, "manage", "shell", "--verbosity", "0", "-c", SIGNED_IN],
        env=environment(server.folder), capture_output=True, text=True, check=True,
    )  # fmt: skip
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as link:
        link.request("GET", "/calendar/", headers={"Cookie": done.stdout.strip()})
        page = link.getresponse().read().decode()
    assert f"http://localhost:{server.port}/calendar/" in page


def test_a_request_under_way_is_answered_before_the_end(server: Server) -> None:
    database = server.folder / "sapwood.sqlite3"
    with closing(sqlite3.connect(database, isolation_level=None)) as written:
        written.execute(
            "INSERT INTO people_organisation (singleton, name, language, time_zone,"
            " allowed_domains, minimum_group, minimum_answers, set_up_at)"
            " VALUES (1, 'Ardal', 'en', 'Europe/Lisbon', '', 5, 10, '2026-01-01 00:00:00')"
        )
    status, page, answer = get(server.port, "/account/login/")
    assert status == 200
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
    assert token
    form = {"login": "x@ardal.example", "password": "wrong", "csrfmiddlewaretoken": token[1]}
    statuses: list[int] = []

    def sign_in() -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as link:
            link.request("POST", "/account/login/", urlencode(form), headers)
            with link.getresponse() as answer:
                statuses.append(answer.status)

    # A failed sign-in is written down; that write has to wait for the lock held here.
    lock = sqlite3.connect(database, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    browser = threading.Thread(target=sign_in)
    browser.start()
    assert not until(lambda: statuses, seconds=1.5), "the request did not wait"
    server.process.terminate()
    assert not until(lambda: server.process.poll() is not None, seconds=1.5), "did not drain"
    lock.execute("ROLLBACK")
    lock.close()
    browser.join(timeout=20)
    assert statuses, "the request under way was dropped"
    assert statuses[0] < 500
    assert server.process.wait(timeout=20) == 0


def test_dead_children_are_replaced(server: Server) -> None:
    before = server.children()
    assert len(before) == 2
    for child in before:
        os.kill(child, signal.SIGKILL)
    assert until(lambda: len(server.children() - before) == 2)
    assert until(lambda: get(server.port, "/healthz")[0] == 200)
    assert server.stop() == 0


def test_children_leave_when_the_server_is_killed(server: Server) -> None:
    children = server.children()
    server.process.kill()
    server.process.wait()

    def are_gone() -> bool:
        return not any(Path(f"/proc/{pid}").exists() for pid in children)

    assert until(are_gone, seconds=15)


def test_a_taken_port_is_said_plainly(server: Server, tmp_path: Path) -> None:
    done = subprocess.run(
        [*SAPWOOD, "serve", "--port", str(server.port)],
        env=environment(tmp_path), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"Port {server.port} is taken" in done.stderr


SAFE = {
    "SAPWOOD_ENV": "production",
    "SECRET_KEY": "k4" * 30,
    "SAPWOOD_ORIGINS": "https://learn.example.org",
}


@pytest.mark.parametrize(
    ("unsafe", "words"),
    [
        ({"SAPWOOD_DEBUG": "1"}, "SAPWOOD_DEBUG"),
        ({"SECRET_KEY": "change-me-change-me-change-me-change-me"}, "placeholder"),
        ({"SECRET_KEY": "short"}, "placeholder or too short"),
        ({"SAPWOOD_ORIGINS": "http://learn.example.org"}, "https://"),
        ({"SAPWOOD_ORIGINS": ""}, "https://"),
        ({}, "--migrate"),
    ],
)
def test_production_refuses(tmp_path: Path, unsafe: dict[str, str], words: str) -> None:
    done = subprocess.run(
        [*SAPWOOD, "serve", "--port", str(free_port())],
        env=environment(tmp_path, **(SAFE | unsafe)),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_check_names_what_is_wrong_and_then_finds_all_well(tmp_path: Path) -> None:
    def check() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*SAPWOOD, "check"],
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )

    before = check()
    assert before.returncode == 1
    assert "WRONG  The database lacks" in before.stdout
    subprocess.run(
        [*SAPWOOD, "manage", "migrate", "--verbosity", "0"], env=environment(tmp_path), check=True
    )
    after = check()
    assert "WRONG" not in after.stdout.replace("WRONG  Styles and scripts are not built", "")
