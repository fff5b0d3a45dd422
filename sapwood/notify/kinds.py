"""The registry of notices: what can be told, in which group of the settings, and why.

An app declares its kinds in `<app>/notices.py` with `notice_kind(NoticeKind(...))`, found by name.
The groups stand here: they are the rows of the settings table, shown when a kind uses them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from sapwood.notify.models.notice import Notice
from sapwood.notify.models.wishes import Channel, Rhythm


@dataclass(frozen=True)
class NoticeGroup:
    """A row of the settings and its quiet defaults."""

    slug: str
    name: Any
    hint: Any
    inbox: Rhythm
    email: Rhythm
    push: Rhythm = Rhythm.OFF

    def default(self, channel: str) -> Rhythm:
        """What applies to people who chose nothing."""
        found: Rhythm = getattr(self, channel)
        return found


GROUPS = {
    group.slug: group
    for group in (
        NoticeGroup(
            "you", _("Someone names you or answers you"), _("Threads you started or wrote in"),
            Rhythm.AT_ONCE, Rhythm.DAILY,
        ),
        NoticeGroup(
            "gatherings", _("Gatherings you said yes to"),
            _("A change at once, a reminder the day before"),
            Rhythm.AT_ONCE, Rhythm.AT_ONCE, Rhythm.AT_ONCE,
        ),
        NoticeGroup(
            "concierge", _("Your questions to the concierge"), _("Answers and check-ins"),
            Rhythm.AT_ONCE, Rhythm.AT_ONCE,
        ),
        NoticeGroup(
            "sharing", _("Goals and entries you share"),
            _("Notes from the people you share with"),
            Rhythm.AT_ONCE, Rhythm.WEEKLY,
        ),
        NoticeGroup(
            "thanks", _("What people make of what you wrote"),
            _("Thanks, and who found it useful, together"),
            Rhythm.AT_ONCE, Rhythm.OFF,
        ),
        NoticeGroup(
            "groups", _("Groups you belong to"), _("New posts, grouped by thread"),
            Rhythm.OFF, Rhythm.WEEKLY,
        ),
        NoticeGroup(
            "follows",
            _("What you follow"),
            _("New posts of a person, or in a group"),
            Rhythm.DAILY,
            Rhythm.WEEKLY,
        ),
        NoticeGroup(
            "fitting", _("Things that may fit you"), _("One suggestion, with its reason"),
            Rhythm.DAILY, Rhythm.OFF,
        ),
        NoticeGroup(
            "care", _("Reports and decisions"),
            _("Words you are to look at, and what was decided about yours"),
            Rhythm.AT_ONCE, Rhythm.AT_ONCE,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class NoticeKind:
    """One thing that can be told.

    `headline` makes the line from a notice, in the language in force. `why` has the sentences
    "You get this because …" by reason; the one under "" is for tellings without a reason.
    `stop` are the words of the one-tap stop; it mutes the thing it is about, or this kind of
    notice when `stops_kind`. `reaches_muted` is for what names a person: they hear of it in a group
    that they muted. Kinds of one `family` about the same thing share a row while unread; the one
    with more `weight` gives its words. `read` are the words of the link.
    """

    slug: str
    group: str
    name: Any
    headline: Callable[[Notice], str]
    why: Mapping[str, Any]
    stop: Any
    read: Callable[[Notice], str] | None = None
    family: str = ""
    weight: int = 0
    stops_kind: bool = False
    reaches_muted: bool = False

    def thread_key(self, about_type: str, about_id: object) -> str:
        """What merges with what."""
        return f"{self.family or self.slug}:{about_type}:{about_id}"

    def because(self, notice: Notice) -> Any:
        """Why this person got it."""
        return self.why.get(notice.reason) or self.why[""]

    def what_stops(self, notice: Notice) -> str:
        """What the one-tap stop of this notice mutes (models.Mute)."""
        if self.stops_kind:
            return f"kind:{self.slug}"
        return f"{notice.about_type}:{notice.about_id}"


@dataclass
class _Registry:
    kinds: dict[str, NoticeKind] = field(default_factory=dict)


_registry = _Registry()


def notice_kind(kind: NoticeKind) -> NoticeKind:
    """Registers a kind. Raises KeyError if its group is not one of GROUPS."""
    GROUPS[kind.group]
    _registry.kinds[kind.slug] = kind
    return kind


@lru_cache(maxsize=1)
def _discover() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("sapwood.") and find_spec(f"{config.name}.notices"):
            import_module(f"{config.name}.notices")


def kinds() -> dict[str, NoticeKind]:
    """Every kind of the installed apps, by slug."""
    _discover()
    return _registry.kinds


def kind_of(notice: Notice) -> NoticeKind | None:
    """The kind of a notice; None if its app is installed no more."""
    return kinds().get(notice.kind)


def groups() -> list[NoticeGroup]:
    """The groups that some installed kind uses, in the order of the settings."""
    used = {kind.group for kind in kinds().values()}
    return [group for group in GROUPS.values() if group.slug in used]


def rhythms(channel: str) -> list[Rhythm]:
    """What can be chosen for a channel."""
    if channel == Channel.INBOX:
        return [Rhythm.AT_ONCE, Rhythm.DAILY, Rhythm.OFF]
    if channel == Channel.PUSH:
        return [Rhythm.AT_ONCE, Rhythm.OFF]
    return list(Rhythm)
