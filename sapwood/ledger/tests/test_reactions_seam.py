"""The reactions seam: the table, failures that stay alone, and the sweep after a crash."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sapwood.core.schedule import periodic_jobs
from sapwood.ledger import reacting
from sapwood.ledger.models import Moment
from sapwood.ledger.reacting import Registered, reactions, sweep
from sapwood.ledger.recording import record

Plant = Callable[..., list[Moment]]


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Plant:
    """Adds a reaction for one test and gives the moments it saw."""
    reactions()

    def plant(*to: str, fails: bool = False) -> list[Moment]:
        seen: list[Moment] = []

        def planted(moment: Moment) -> None:
            seen.append(moment)
            if fails:
                raise RuntimeError("planted")

        planted.__name__ = f"planted_{len(reacting._registered)}"
        entry = Registered(planted, to)
        monkeypatch.setitem(reacting._registered, entry.name, entry)
        return seen

    return plant


def test_the_command_prints_the_table(plant: Plant) -> None:
    plant("mooc", "source:x")
    out = StringIO()
    call_command("reactions", stdout=out)
    assert re.search(r"planted_\d+ +mooc, source:x$", out.getvalue(), re.MULTILINE)


def test_a_reaction_hears_its_way_its_source_or_everything(
    cast: SimpleNamespace, plant: Plant, run_jobs: Callable[[], int]
) -> None:
    ways, sources, everything, nothing = plant("mooc"), plant("source:x"), plant("*"), plant("y")
    one = record(cast.ana, way="mooc", title="a")
    two = record(cast.ana, way="community", title="b", source=("x", cast.bruno.pk, "B"))
    run_jobs()
    assert (ways, sources, nothing) == ([one], [two], [])
    assert sorted(everything, key=lambda m: m.pk) == [one, two]


def test_one_failure_stops_no_other_and_is_tried_again(
    cast: SimpleNamespace,
    plant: Plant,
    run_jobs: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reacting.logger, "exception", lambda *a, **k: None)
    failing, fine = plant("*", fails=True), plant("*")
    moment = record(cast.ana, way="mooc", title="a")
    run_jobs()
    moment.refresh_from_db()
    assert (failing, fine, moment.reacted_at) == ([moment], [moment], None)
    soon = timezone.now() + timedelta(minutes=2)
    assert sweep(soon) == 1
    assert len(failing) == 2


def test_the_sweep_covers_a_crash_before_the_job_was_there(
    cast: SimpleNamespace, plant: Plant
) -> None:
    seen = plant("*")
    moment = record(cast.ana, way="mooc", title="a")
    DBTaskResult.objects.all().delete()
    now = timezone.now()
    assert sweep(now) == 0
    assert sweep(now + timedelta(minutes=2)) == 1
    assert sweep(now + timedelta(minutes=3)) == 0
    assert seen == [moment]
    assert Moment.objects.get().reacted_at


def test_the_sweep_runs_by_itself_and_gives_up_in_the_end(
    cast: SimpleNamespace, plant: Plant
) -> None:
    assert "sapwood.ledger.tasks.sweep_reactions" in periodic_jobs()
    record(cast.ana, way="mooc", title="a")
    assert sweep(timezone.now() + timedelta(days=4)) == 0


def test_a_moment_that_is_gone_asks_for_nothing(
    cast: SimpleNamespace, plant: Plant, run_jobs: Callable[[], int]
) -> None:
    seen = plant("*")
    record(cast.ana, way="mooc", title="a").delete()
    run_jobs()
    assert seen == []
