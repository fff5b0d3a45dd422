"""A real installation for the browsers: `sapwood serve` with its worker and its own database."""

import email
import email.policy
import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).parent.parent.parent
RESULTS = ROOT / "test-results"
NOT_OURS = ("SAPWOOD_", "DJANGO_", "PYTEST_")
CODE = re.compile(r"^ {4}(\S{4,12})$", re.MULTILINE)


@dataclass(frozen=True)
class Site:
    """Where the server is, what it printed, the letters it sent, and commands beside it."""

    url: str
    folder: Path
    environment: dict[str, str]
    log: Path

    def run(self, *command: str) -> str:
        """`sapwood …` on the same data; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "sapwood.cli", *command],
            env=self.environment, cwd=self.folder, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    def one_time_link(self) -> str:
        """The link of the first run, as the console shows it."""
        found = re.search(r"http\S+/setup/begin/\S+", self.log.read_text())
        assert found, self.log.read_text()
        return found[0]

    def letters_to(self, address: str) -> list[EmailMessage]:
        """Letters to one address, oldest first."""
        files = sorted((self.folder / "mail").glob("*"), key=lambda file: file.stat().st_mtime_ns)
        letters = [
            email.message_from_bytes(part, policy=email.policy.default)
            for file in files
            for part in file.read_bytes().split(b"-" * 79)
            if part.strip()
        ]
        return [letter for letter in letters if address in str(letter["To"])]

    def code_for(self, address: str) -> str:
        """The code of the last letter to this address."""
        text = self.letters_to(address)[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
        found = CODE.search(text)
        assert found, text
        return found[1]


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """An SQLite file, or a new database beside the PostgreSQL one given by DATABASE_URL."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{folder / 'site.sqlite3'}"
        return
    name = f"sapwood_browser_{secrets.token_hex(4)}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def serving(folder: Path, database_url: str, *, seed: str = "", **more: str) -> Iterator[Site]:
    """`sapwood serve` on a free port, after the Python given has run; its log is kept.

    `more` are further environment variables; an empty one is not set at all.
    """
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://localhost:{port}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(NOT_OURS)} | {
        "SAPWOOD_DATA": str(folder),
        "SAPWOOD_MAIL_DIR": str(folder / "mail"),
        "SAPWOOD_BASE_URL": url,
        "DATABASE_URL": database_url,
        "PYTHONPATH": str(ROOT),
    }
    environment = {name: text for name, text in {**environment, **more}.items() if text}
    RESULTS.mkdir(exist_ok=True)
    site = Site(url, folder, environment, RESULTS / f"server-{folder.name}.log")
    if seed:
        site.run("manage", "migrate", "--verbosity", "0")
        site.run("manage", "shell", "-v", "0", "-c", seed)
    with site.log.open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "sapwood.cli", "serve", "--port", str(port)],
            env=environment, cwd=folder, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_for(port, site.log)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=40)


def wait_for(port: int, log: Path, seconds: float = 60) -> None:
    """Until the server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", port)) as link:
            link.request("GET", "/healthz")
            if link.getresponse().read() == b"ok\n":
                return
        time.sleep(0.1)
    raise AssertionError(log.read_text())
