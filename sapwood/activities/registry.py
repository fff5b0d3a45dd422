"""The kinds: each is a folder `kinds/<slug>/` whose `kind.py` names one class, found by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from inspect import isclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from sapwood.activities.forms import ActivityForm
    from sapwood.activities.models import Activity
    from sapwood.people.models import Person


@dataclass(frozen=True)
class Look:
    """How a card of the kind looks: a shape of `ui.card`, the words of its tag, an icon."""

    shape: str
    tag: str
    icon: str


@dataclass(frozen=True)
class Said:
    """What the details say: a line for cards that needs no translation (a host, a file type),
    and their plain text for search. Written at save time."""

    facts: str = ""
    words: str = ""


@dataclass(frozen=True)
class Waiting:
    """Something about an activity that somebody asked this person, or answered them.

    `opens` is False where the person can no longer open its page: the words have to be enough.
    """

    activity: "Activity"
    text: str
    opens: bool = True

    @property
    def about(self) -> str:
        """The title; nothing when it is somebody else's draft by now."""
        return self.activity.title if self.opens or not self.activity.is_draft else ""


class Kind:
    """What a kind may say about itself. Everything else is written once, in activities.

    The words are attributes; the eight methods below are the hooks, all with sane defaults.
    A kind's own pieces are its templates `<slug>/_panel.html` and `<slug>/_fields.html`.
    """

    slug = ""
    name: Any = ""
    plural: Any = ""
    icon = "sprout"
    shape = "offer"
    way = "learning_by_doing"
    offer: Any = ""  # what the button says that begins one
    offer_hint: Any = ""  # one line under it
    join: Any = _("Keep for later")
    leave: Any = _("Take off your list")
    by_name = False  # True: people take part by name and the owner sees them
    meets = False  # True: has sessions in the calendar
    asks_what_stayed = True  # True: the page ends with "What I took from it"
    scripts: tuple[str, ...] = ()  # built scripts that the form needs
    # Lookups of activities where others wait for an answer: these are not deleted unseen.
    unanswered: Mapping[str, str] = MappingProxyType({})

    def form_class(self) -> "type[ActivityForm]":
        """The form that creates and edits one."""
        from sapwood.activities.forms import ActivityForm

        return ActivityForm

    def said(self, activity: "Activity") -> Said:
        """The line for cards and the text for search."""
        return Said()

    def look(self, activity: "Activity") -> Look:
        """How its card looks; only base columns may be read."""
        return Look(self.shape, str(self.name), self.icon)

    def panel(self, activity: "Activity", person: "Person") -> dict[str, Any]:
        """What `<slug>/_panel.html` shows on the page of one."""
        return {}

    def may_join(self, activity: "Activity", person: "Person") -> str:
        """Nothing, or the sentence that says why this person cannot simply join."""
        return ""

    def waiting(self, person: "Person", now: datetime) -> list[Waiting]:
        """What waits for this person's answer, and the answers they got lately. One query."""
        return []

    def clone(self, source: "Activity", copy: "Activity") -> None:
        """Copies the details from `source` to `copy`."""

    def saved(self, activity: "Activity") -> None:
        """Runs after its form was kept, it opened or closed, or somebody left, in the same
        transaction: the place to enqueue jobs, and to bring the kind's own rows in line."""


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Every kind by its slug, in the order of INSTALLED_APPS."""
    found: dict[str, Kind] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("sapwood.kinds.") and find_spec(f"{config.name}.kind"):
            module = import_module(f"{config.name}.kind")
            for entry in vars(module).values():
                if isclass(entry) and issubclass(entry, Kind) and entry is not Kind and entry.slug:
                    found[entry.slug] = entry()
    return found


def kind_of(slug: str) -> Kind:
    """The kind with this slug. Raises KeyError for one that is not installed."""
    return kinds()[slug]


def waiting(person: "Person", now: datetime) -> list[Waiting]:
    """What waits for a person in activities of any kind."""
    return [row for kind in kinds().values() for row in kind.waiting(person, now)]


def kinds_with_names() -> list[str]:
    """Slugs of the kinds in which people take part by name."""
    return [slug for slug, kind in kinds().items() if kind.by_name]
