"""Fixtures for every test: the cast, clients signed in as them, work done by several at once."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client


@pytest.fixture(autouse=True)
def _forget_what_was_kept() -> None:
    """Nothing kept in the cache by one test is seen by the next."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _uploads_in_memory(settings: Any) -> None:
    """No test writes to the disk of uploads."""
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """Ana, learner; Bruno, her manager; Clara, L&D; Dinis, another unit; Nadia, administrator."""
    from sapwood.people.models import Organisation, Person, RoleGrant, Unit

    organisation = Organisation(name="Ardal Water", time_zone="Europe/Lisbon")
    organisation.finish_setup()
    water = Unit.objects.create(name="Ardal Water")
    network = Unit.objects.create(name="Network", parent=water)
    finance = Unit.objects.create(name="Finance", parent=water)

    def person(first: str, **fields: object) -> Person:
        return Person.objects.create_user(
            f"{first.lower()}@ardal.example", name=f"{first} Sá", **fields
        )

    bruno = person("Bruno", unit=network)
    people = SimpleNamespace(
        organisation=organisation,
        network=network,
        finance=finance,
        bruno=bruno,
        ana=person("Ana", unit=network, manager=bruno),
        clara=person("Clara", unit=water),
        dinis=person("Dinis", unit=finance),
        nadia=person("Nadia", unit=water),
        guest=None,
    )
    RoleGrant.objects.create(person=people.clara, role="steward")
    RoleGrant.objects.create(person=people.nadia, role="administrator")
    return people


@pytest.fixture
def client_of() -> Callable[[object], Client]:
    """A browser signed in as the person given, or signed out for None."""

    def client(person: object) -> Client:
        browser = Client()
        if person is not None:
            browser.force_login(person, backend="sapwood.people.backend.PersonBackend")
        return browser

    return client


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """Runs every job that waits, as a worker would, and says how many."""
    from sapwood.core.jobs import run_waiting_jobs

    return run_waiting_jobs


@pytest.fixture
def on_disk(transactional_db: None, cast: SimpleNamespace, tmp_path: Path) -> Iterator[None]:
    """Lets threads share what the test wrote: SQLite's tests live in memory, so they get a file."""
    if connection.vendor != "sqlite":
        yield
        return
    path = str(tmp_path / "places.sqlite3")
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.settings["default"], "NAME", path)
        yield


@pytest.fixture
def at_once(on_disk: None) -> Callable[..., list[Any]]:
    """Runs functions in threads of their own that begin together; gives what each returned, or the
    exception it raised."""

    def run(*functions: Callable[[], Any]) -> list[Any]:
        start, results = threading.Barrier(len(functions)), [None] * len(functions)

        def work(number: int) -> None:
            try:
                start.wait()
                results[number] = functions[number]()
            except Exception as problem:
                results[number] = problem
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=(n,)) for n in range(len(functions))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return run
