"""What is said about how long things are kept is what happens."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from sapwood.core.policies import YEAR, Policy, models_with_policy
from sapwood.core.retention import forget_expired
from sapwood.core.schedule import periodic_jobs
from sapwood.people.models import Person
from sapwood.people.profile.photos import set_photo
from sapwood.people.retention import erase_long_gone, forget_ended_devices, note_who_left

TIME = re.compile(r"\d|hour|day|week|month|year", re.IGNORECASE)
AGES = {
    "two hours": timedelta(hours=2),
    "Three days": timedelta(days=3),
    "90 days": timedelta(days=90),
    "60 days": timedelta(days=60),
    "30 days": timedelta(days=30),
    "12 months": YEAR,
}


def all_policies():
    return [pytest.param(m, p, id=m._meta.label) for m, p in models_with_policy()]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "policy"), all_policies())
def test_a_time_that_is_promised_is_kept_by_a_sweep(
    model: type[models.Model], policy: Policy
) -> None:
    with override("en"):
        words = str(policy.retention)
    if TIME.search(words):
        assert policy.limit or policy.swept_by, f"nothing sweeps “{words}”"
    if policy.swept_by:
        assert policy.swept_by in periodic_jobs()
    if policy.limit:
        promised = next(age for said, age in AGES.items() if said in words)
        assert policy.limit.age <= promised
        assert not policy.limit.expired(model, timezone.now()).exists()


def test_the_sweep_of_limits_runs() -> None:
    assert "sapwood.core.tasks.forget" in periodic_jobs()


def test_who_left_is_erased_a_year_later_and_nobody_else(cast: SimpleNamespace) -> None:
    now = timezone.now()
    set_photo(cast.dinis, b"pixels")
    Person.objects.filter(pk__in=[cast.dinis.pk, cast.ana.pk]).update(is_active=False)
    note_who_left(now)
    note_who_left(now + timedelta(days=300))  # the first day counts
    Person.objects.filter(pk=cast.ana.pk).update(is_active=True)  # back again
    note_who_left(now + timedelta(days=301))
    assert erase_long_gone(now + YEAR) == 0
    assert erase_long_gone(now + YEAR + timedelta(days=1)) == 1
    gone = Person.objects.get(pk=cast.dinis.pk)
    assert gone.name == "Someone who left"
    assert not hasattr(gone, "photo")
    assert Person.objects.get(pk=cast.ana.pk).closed_at is None
    note_who_left(now + 3 * YEAR)
    assert erase_long_gone(now + 3 * YEAR) == 0


def test_wrong_tries_and_ended_devices_go(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    now = timezone.now()
    AccessAttempt.objects.create(
        username="ana@ardal.example", ip_address="10.0.0.1", failures_since_start=1
    )
    client_of(cast.ana).get("/")
    session = Session.objects.get()
    for key in (session.session_key, "0" * 32):
        UserSession.objects.get_or_create(
            session_key=key, defaults={"user": cast.ana, "ip": "10.0.0.1", "user_agent": "x"}
        )
    assert forget_ended_devices(now) == 1
    assert UserSession.objects.get().session_key == session.session_key
    forget_expired(now)
    assert AccessAttempt.objects.exists()
    forget_expired(now + timedelta(hours=2))
    assert not AccessAttempt.objects.exists()
