"""Streams and threads of a large group: how long a page takes, and how many queries it asks.

`python bench/talking.py` makes its own data on SQLite, in one process; `--quick` makes less of it.
"""

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
FOLDER = tempfile.TemporaryDirectory(prefix="sapwood-talking-")
os.environ |= {
    "SAPWOOD_TESTING": "1",
    "SAPWOOD_DATA": FOLDER.name,
    "DATABASE_URL": f"sqlite:///{FOLDER.name}/bench.sqlite3",
    "DJANGO_SETTINGS_MODULE": "sapwood.settings",
}

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from bench.parts.report import QUICK, Figure, report
from sapwood.conversations.models import Membership, Message, Reaction, Thread
from sapwood.people.models import Organisation, Person
from sapwood.spaces.models import Kind, Openness, Space

MEMBERS = 2_000 if QUICK else 10_000
THREADS = 400 if QUICK else 2_000
ANSWERS = 200
TIMES = 15 if QUICK else 40
WORDS = "Logger four says leak, my ears say pump. Writing down why I trust which one. " * 4


def make_group() -> tuple[Person, Space, Thread]:
    """Who reads, the group with everybody in it, and its longest thread."""
    call_command("migrate", verbosity=0)
    Organisation(name="Bench", time_zone="Europe/Lisbon").finish_setup()
    people = [
        Person(email=f"p{n}@bench.example", name=f"Person {n} Bench", password="!")
        for n in range(MEMBERS)
    ]
    space = Space.objects.create(kind=Kind.COMMUNITY, openness=Openness.CLOSED, name="Everybody")
    now = timezone.now()
    with transaction.atomic():
        Person.objects.bulk_create(people, batch_size=500)
        Membership.objects.bulk_create(
            [Membership(audience=space.audience, person=each) for each in people], batch_size=500
        )
        threads = [
            Thread(
                audience=space.audience, author=people[n % 97], kind="question",
                title=f"Question {n} about the valves", opened_at=now - timedelta(minutes=n),
                last_at=now - timedelta(minutes=n), answers=3,
            )
            for n in range(THREADS)
        ]  # fmt: skip
        threads[0].answers = ANSWERS
        Thread.objects.bulk_create(threads, batch_size=500)
        fill(threads, people)
    return people[1], space, threads[0]


def fill(threads: list[Thread], people: list[Person]) -> None:
    """Opening words, answers, and reactions to them."""
    messages = []
    for thread in threads:
        for n in range(thread.answers + 1):
            messages.append(
                Message(
                    thread=thread, author=people[(n * 7) % 89], text=WORDS, is_opening=n == 0,
                    at=thread.opened_at + timedelta(seconds=n),
                )
            )  # fmt: skip
    Message.objects.bulk_create(messages, batch_size=500)
    Reaction.objects.bulk_create(
        [
            Reaction(message=message, person=people[n], sense="useful")
            for message in messages[: ANSWERS + 60]
            for n in range(6)
        ],
        batch_size=500,
    )


def page(browser: Client, name: str, address: str) -> list[Figure]:
    """Median of the processor's time and of the clock's, and the queries of one page."""
    browser.get(address)
    queries: list[str] = []

    def count(execute: Any, sql: str, *given: Any) -> Any:
        queries.append(sql)
        return execute(sql, *given)

    with connection.execute_wrapper(count):
        assert browser.get(address).status_code == 200
    cpu, wall = [], []
    for _ in range(TIMES):
        began, started = process_time(), perf_counter()
        browser.get(address)
        cpu.append((process_time() - began) * 1000)
        wall.append((perf_counter() - started) * 1000)
    return [
        Figure(f"{name}, processor", median(cpu), "ms", "<=50"),
        Figure(f"{name}, clock", median(wall), "ms"),
        Figure(f"{name}, queries", len(queries), "", "<=12"),
    ]


def main() -> None:
    """Prints the figures."""
    reader, space, thread = make_group()
    browser = Client()
    browser.force_login(reader, backend=settings.AUTHENTICATION_BACKENDS[-1])
    home = space.get_absolute_url()
    report(
        [
            *page(browser, f"stream of {THREADS:,} threads", home),
            *page(browser, "its fifth page", f"{home}?page=5"),
            *page(browser, f"thread of {ANSWERS} answers", thread.get_absolute_url()),
            *page(browser, "its oldest page", f"{thread.get_absolute_url()}?page=7"),
            *page(browser, f"people, {MEMBERS:,} of them", f"{home}people/"),
        ]
    )


if __name__ == "__main__":
    main()
    connection.close()
    FOLDER.cleanup()
