"""What apps put on the page of a group: tabs along its top, and panels at its side.

An app names its own in `<app>/in_groups.py`, found by name; this file knows none of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.template import engines
from django.utils.translation import get_language

from sapwood.core.markup import drawn
from sapwood.core.pages import csrf_input
from sapwood.core.template_globals import url
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person
from sapwood.spaces.models import Space


@dataclass(frozen=True)
class Tab:
    """One tab: `url_name` takes the key of the group; `count` is shown where it is not 0."""

    slug: str
    label: Any
    url_name: str
    count: Callable[[Space, Person], int] | None = None
    order: int = 50


@dataclass(frozen=True)
class Panel:
    """A section at the side; `context` gives what `template` draws, or None for nothing."""

    slug: str
    template: str
    context: Callable[[Space, Person], Mapping[str, Any] | None]
    order: int = 50


_tabs: dict[str, Tab] = {}
_panels: dict[str, Panel] = {}


def group_tab(tab: Tab) -> Tab:
    """Registers a tab."""
    _tabs[tab.slug] = tab
    return tab


def group_panel(panel: Panel) -> Panel:
    """Registers a panel."""
    _panels[panel.slug] = panel
    return panel


@lru_cache(maxsize=1)
def _discover() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("sapwood.") and find_spec(f"{config.name}.in_groups"):
            import_module(f"{config.name}.in_groups")


def tabs_of(space: Space, person: Person) -> list[tuple[Any, ...]]:
    """The tabs as `ui.tabs` takes them: key, words, address, and a count where there is one."""
    _discover()
    shown: list[tuple[Any, ...]] = []
    for tab in sorted(_tabs.values(), key=lambda each: each.order):
        count = tab.count(space, person) if tab.count else 0
        words = (tab.slug, tab.label, url(tab.url_name, space.pk))
        shown.append((*words, count) if count else words)
    return shown


def panels_of(request: PersonRequest, space: Space) -> list[Any]:
    """The panels, drawn, in their order."""
    _discover()
    base = {
        "request": request,
        "person": request.user,
        "lang": get_language(),
        "csrf_input": csrf_input(request),
        "space": space,
    }
    pieces = []
    for panel in sorted(_panels.values(), key=lambda each: each.order):
        context = panel.context(space, request.user)
        if context is not None:
            template = engines["jinja2"].env.get_template(panel.template)  # type: ignore[attr-defined]
            pieces.append(drawn(template.render({**base, **context})))
    return pieces
