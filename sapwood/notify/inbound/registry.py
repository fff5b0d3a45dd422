"""Who takes which answer: `@answers("thread")` in `<app>/inbound.py`, found by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext as _

from sapwood.media.models import Upload
from sapwood.people.models import Person


@dataclass(frozen=True)
class Answer:
    """What somebody answered. `key` is the same whenever the same letter comes again."""

    person: Person
    about: str
    text: str
    uploads: list[Upload]
    key: UUID
    now: datetime


class SentBack(Exception):
    """The answer was not taken: `why` is a sentence for its writer; `link` a path that helps."""

    def __init__(self, why: Any, link: str = "") -> None:
        super().__init__(str(why))
        self.why, self.link = why, link


class TooLong(SentBack):
    """More than fits: it stays as a draft, and a letter says so."""

    def __init__(self, length: int, longest: int, link: str) -> None:
        words = _(
            "Your answer has %(length)s characters, and %(longest)s fit. It waits as a draft where "
            "you can shorten it, so nothing is lost."
        )
        super().__init__(words % {"length": length, "longest": longest}, link)


Take = Callable[[Answer], None]


@dataclass(frozen=True)
class Taker:
    """A function that takes answers, how long one may be, and whether files can go with it.

    `slot` is the box of the draft that keeps what is too long ("{about}" stands for the thing),
    and `page` gives the path where that box stands. `invites` follows the words "Reply to this
    e-mail" in letters to people whom it `welcomes`.
    """

    take: Take
    longest: int
    slot: str
    page: Callable[[str], str]
    has_files: bool = False
    invites: Any = ""
    welcomes: Callable[[Person, str], bool] = lambda person, about: True


_takers: dict[str, Taker] = {}


def answers(purpose: str, **rules: Any) -> Callable[[Take], Take]:
    """Registers the function below, which raises SentBack; `rules` are the fields of Taker."""

    def register(function: Take) -> Take:
        _takers[purpose] = Taker(function, **rules)
        return function

    return register


@lru_cache(maxsize=1)
def _discover() -> None:
    import_module("sapwood.notify.inbound.threads")
    for config in apps.get_app_configs():
        if config.name.startswith("sapwood.") and find_spec(f"{config.name}.inbound"):
            import_module(f"{config.name}.inbound")


def taker_for(purpose: str) -> Taker | None:
    """Who takes answers of this purpose."""
    _discover()
    return _takers.get(purpose)
