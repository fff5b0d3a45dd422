"""Fixtures for every test: the cast, and clients signed in as them."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
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
