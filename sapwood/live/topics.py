"""What a page can listen to: each kind of topic has a rule that says who may.

A rule is a function in `<app>/live_topics.py` marked `@topic("thread")`; from the ids of topics
such as `thread:<uuid>` it gives back those that the person may hear.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps

from sapwood.people.models import Person

Rule = Callable[[Person, Collection[UUID]], Iterable[UUID]]
MOST = 60  # topics of one stream: an address has to hold them
_rules: dict[str, Rule] = {}


def topic(kind: str) -> Callable[[Rule], Rule]:
    """Registers the rule below for topics of this kind."""

    def register(rule: Rule) -> Rule:
        _rules[kind] = rule
        return rule

    return register


@lru_cache(maxsize=1)
def _discover() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("sapwood.") and find_spec(f"{config.name}.live_topics"):
            import_module(f"{config.name}.live_topics")


def audible(person: Person, topics: Iterable[str]) -> list[str]:
    """Those of `topics` that the person may hear, each once; what nobody knows is left out."""
    _discover()
    asked: dict[str, set[UUID]] = defaultdict(set)
    for one in list(dict.fromkeys(topics))[:MOST]:
        kind, _, key = one.partition(":")
        pk = _uuid(key)
        if kind in _rules and pk:
            asked[kind].add(pk)
    return sorted(
        f"{kind}:{pk}" for kind, pks in asked.items() for pk in {*_rules[kind](person, pks)} & pks
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
