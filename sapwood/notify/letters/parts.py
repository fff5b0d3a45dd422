"""What apps above add to a digest: `@letter_part` in `<app>/letters.py`, found by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from sapwood.people.models import Person


@dataclass(frozen=True)
class LetterPart:
    """A heading, a sentence set large, and a note below it.

    `answers` is (purpose, about) of the reply address that the whole letter gets (inbound/), and
    `invites` the words that follow "Reply to this e-mail": they stand only where replies are taken.
    """

    heading: str
    text: str
    note: str = ""
    link: str = ""
    answers: tuple[str, str] | None = None
    invites: str = ""


Maker = Callable[[Person, datetime], LetterPart | None]
_makers: dict[str, Maker] = {}


def letter_part(maker: Maker) -> Maker:
    """Registers the function below. It is called in the reader's language; None adds nothing."""
    _makers[f"{maker.__module__}.{maker.__name__}"] = maker
    return maker


@lru_cache(maxsize=1)
def _discover() -> None:
    for config in apps.get_app_configs():
        name = f"{config.name}.letters"
        is_ours = config.name.startswith("sapwood.") and config.label != "notify"
        if is_ours and find_spec(name):
            import_module(name)


def parts_for(person: Person, now: datetime) -> list[LetterPart]:
    """What the apps add to this person's digest."""
    _discover()
    made = (maker(person, now) for _name, maker in sorted(_makers.items()))
    return [part for part in made if part]
