"""The reactions seam: what other apps do after a moment was kept.

A reaction is a function in `<app>/reactions.py` marked `@reacts_to(…)`; it must be idempotent.
One failing reaction does not stop the others; a moment whose reactions did not all succeed keeps
`reacted_at` empty and the periodic sweep tries again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from sapwood.ledger.models import Moment

logger = logging.getLogger("sapwood.reactions")
SWEEP_AFTER = timedelta(minutes=1)
GIVE_UP_AFTER = timedelta(days=3)
SWEEP_BATCH = 500
Reaction = Callable[[Moment], None]


@dataclass(frozen=True)
class Registered:
    """A reaction with what it listens to: way ids, `source:<type>`, or `*` for every moment."""

    function: Reaction
    to: tuple[str, ...]

    @property
    def name(self) -> str:
        """Where it lives."""
        return f"{self.function.__module__}.{self.function.__name__}"

    def wants(self, moment: Moment) -> bool:
        """True if this reaction listens to such a moment."""
        return bool({"*", moment.way, f"source:{moment.source_type}"} & set(self.to))


_registered: dict[str, Registered] = {}


def reacts_to(*to: str) -> Callable[[Reaction], Reaction]:
    """Registers the function below as a reaction to ways, `source:<type>` or `*`."""

    def register(function: Reaction) -> Reaction:
        entry = Registered(function, to)
        _registered[entry.name] = entry
        return function

    return register


@lru_cache(maxsize=1)
def _discover() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("sapwood.") and find_spec(f"{config.name}.reactions"):
            import_module(f"{config.name}.reactions")


def reactions() -> list[Registered]:
    """Every reaction, by name."""
    _discover()
    return sorted(_registered.values(), key=lambda entry: entry.name)


def run_reactions(moment_pk: int) -> None:
    """Runs what listens to this moment; a moment that is gone, or done, asks for nothing."""
    moment = Moment.objects.filter(pk=moment_pk, reacted_at=None).select_related("person").first()
    if moment is None:
        return
    failed = 0
    for entry in reactions():
        if entry.wants(moment):
            try:
                with transaction.atomic():
                    entry.function(moment)
            except Exception:  # one reaction must not stop the others; the sweep tries again
                failed += 1
                logger.exception("reaction failed", extra={"job": entry.name})
    if not failed:
        Moment.objects.filter(pk=moment_pk).update(reacted_at=timezone.now())


def sweep(now: datetime) -> int:
    """Runs what a crash, or a failure, left undone for more than a minute; says for how many.

    A reaction that has failed for three days is left alone: its log lines say why.
    """
    due = Moment.objects.unreacted(now - SWEEP_AFTER).filter(created_at__gt=now - GIVE_UP_AFTER)
    waiting = list(due.values_list("pk", flat=True)[:SWEEP_BATCH])
    for pk in waiting:
        run_reactions(pk)
    return len(waiting)


def table() -> str:
    """Every reaction and what it listens to, one a line."""
    width = max((len(entry.name) for entry in reactions()), default=0)
    return "\n".join(f"{entry.name:<{width}}  {', '.join(entry.to)}" for entry in reactions())
