"""What an app says has happened, for the apps above it, which it does not know.

A hearer is a function in `<app>/hearing.py` marked `@hears("message_posted")`. It is called in the
transaction of the one who announces, with the id of the row: it inserts a row or enqueues a job and
returns. What takes time, or may fail, belongs in the job (docs/decisions/0010-readers.md).
"""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps

Hearer = Callable[..., None]
_hearers: dict[str, dict[str, Hearer]] = {}


def hears(*occasions: str) -> Callable[[Hearer], Hearer]:
    """Registers the function below for these occasions."""

    def register(function: Hearer) -> Hearer:
        for occasion in occasions:
            name = f"{function.__module__}.{function.__name__}"
            _hearers.setdefault(occasion, {})[name] = function
        return function

    return register


@lru_cache(maxsize=1)
def _discover() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("sapwood.") and find_spec(f"{config.name}.hearing"):
            import_module(f"{config.name}.hearing")


def announce(occasion: str, *pks: UUID) -> None:
    """Calls, by name, whoever listens to `occasion`; an occasion nobody listens to is no error.

    Most occasions have one id; "thread_read" has those of the thread and of its reader.
    """
    _discover()
    for _name, hearer in sorted(_hearers.get(occasion, {}).items()):
        hearer(*pks)


def hearers() -> dict[str, list[str]]:
    """Who listens, by occasion."""
    _discover()
    return {occasion: sorted(found) for occasion, found in sorted(_hearers.items())}
