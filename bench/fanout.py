"""Ten thousand members and one post: how fast they are told, and how fast a full inbox opens.

`python bench/fanout.py` makes its own data on SQLite, in one process; `--quick` tells 2,000.
"""

import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
FOLDER = tempfile.TemporaryDirectory(prefix="sapwood-fanout-")
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
from sapwood.conversations.models import Audience, Membership, Thread
from sapwood.conversations.posting import answer, open_thread
from sapwood.core.ids import uuid7
from sapwood.core.jobs import run_waiting_jobs
from sapwood.notify.kinds import kinds
from sapwood.notify.models import Notice
from sapwood.notify.telling import tell
from sapwood.notify.wishing import reach
from sapwood.people.models import Organisation, Person

MEMBERS = 2_000 if QUICK else 10_000
UNREAD = 10_000
TIMES = 9 if QUICK else 25


def timed(work: Any, *given: Any, **more: Any) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    start = perf_counter()
    found = work(*given, **more)
    return perf_counter() - start, found


def make_group() -> tuple[Person, Person, Audience]:
    """Who posts, who reads, and the group with everybody in it."""
    call_command("migrate", verbosity=0)
    Organisation(name="Bench", time_zone="Europe/Lisbon").finish_setup()
    people = [
        Person(email=f"p{n}@bench.example", name=f"Person {n} Bench", password="!")
        for n in range(MEMBERS)
    ]
    group = Audience.objects.create(name="Everybody", home="/")
    with transaction.atomic():
        Person.objects.bulk_create(people, batch_size=500)
        Membership.objects.bulk_create(
            [Membership(audience=group, person=each) for each in people], batch_size=500
        )
    return people[0], people[1], group


def fill_inbox(reader: Person, author: Person, group: Audience) -> None:
    """Ten thousand unread rows, each about a thread of its own."""
    now = timezone.now()
    threads = [
        Thread(audience=group, author=author, kind="question", title=f"Question {n}")
        for n in range(UNREAD)
    ]
    with transaction.atomic():
        Thread.objects.bulk_create(threads, batch_size=500)
        Notice.objects.bulk_create(
            [
                Notice(
                    person=reader, kind="mention", about_type="thread", about_id=each.pk,
                    thread_key=f"talk:thread:{each.pk}", key=f"message:{each.pk}", actor=author,
                    actors_count=1, title=each.title, link=f"/threads/{each.pk}/", at=now,
                    shows_at=now,
                )
                for each in threads
            ],
            batch_size=500,
        )  # fmt: skip


def inbox_figures(reader: Person) -> list[Figure]:
    """The first page with everything unread, and what the bell costs."""
    browser = Client()
    browser.force_login(reader, backend=settings.AUTHENTICATION_BACKENDS[-1])
    browser.get("/inbox/")
    queries: list[str] = []

    def count(execute: Any, sql: str, *given: Any) -> Any:
        queries.append(sql)
        return execute(sql, *given)

    with connection.execute_wrapper(count):
        answered = browser.get("/inbox/")
    assert answered.status_code == 200
    taken = [timed(browser.get, "/inbox/")[0] * 1000 for _ in range(TIMES)]
    return [
        Figure(f"inbox with {UNREAD:,} unread, first page", median(taken), "ms", "<=100"),
        Figure("inbox, queries", len(queries), "", "<=12"),
    ]


def main() -> None:
    """Prints the figures."""
    author, reader, group = make_group()
    now = timezone.now()
    open_thread(reader, group, key=uuid7(), text="Warm", now=now)  # compiled, imported, in memory
    run_waiting_jobs()
    Notice.objects.all().delete()
    call = f"@{group.name}, who has seen this before?"
    post, thread = timed(
        open_thread, author, group, key=uuid7(), kind="question", title="Seen this before?",
        text=call, now=now, confirmed=MEMBERS - 1,
    )  # fmt: skip
    told, _jobs = timed(run_waiting_jobs)
    assert Notice.objects.filter(kind="call").count() == MEMBERS - 1
    answer(
        reader, thread, key=uuid7(), text=f"{call} And again.", now=timezone.now(),
        confirmed=MEMBERS - 1,
    )  # fmt: skip
    grown, _jobs = timed(run_waiting_jobs)
    assert Notice.objects.filter(count=2).count() == MEMBERS - 2
    people = Person.objects.filter(memberships__audience=group)
    preview, _counts = timed(reach, people, kinds()["call"], now)
    small, _n = timed(
        tell, [reader.pk], kind="mention", about=("thread", thread.pk), key="one", url="/"
    )
    fill_inbox(reader, author, group)
    report(
        [
            Figure(f"post to {MEMBERS:,} members", post * 1000, "ms", "<=80"),
            Figure("new rows", (MEMBERS - 1) / told, "1/s", ">=500"),
            Figure("rows that grow", (MEMBERS - 2) / grown, "1/s", ">=500"),
            Figure("how many it reaches", preview * 1000, "ms", "<=50"),
            Figure("one notice to one person", small * 1000, "ms"),
            *inbox_figures(reader),
        ]
    )


if __name__ == "__main__":
    main()
    connection.close()
    FOLDER.cleanup()
