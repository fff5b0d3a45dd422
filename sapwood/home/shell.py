"""What the shell around every page shows: places, desks, the person's small rings."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.translation import gettext as _

from sapwood.core.template_globals import url
from sapwood.core.toasts import waiting_toasts
from sapwood.home.picture import small_picture
from sapwood.notify.reading import new_count
from sapwood.people.models import Organisation, Person, Role


@dataclass(frozen=True)
class Place:
    """One link of the frame: key, words, address and icon."""

    key: str
    label: str
    url: str
    icon: str


@lru_cache(maxsize=128)
def present(*wanted: tuple[str, str, str, str]) -> list[Place]:
    """Links whose address exists, from (key, words in the language in force, view name, icon)."""
    found = []
    for key, label, name, icon in wanted:
        try:
            found.append(Place(key, label, url(name), icon))
        except NoReverseMatch:
            continue
    return found


def places() -> list[Place]:
    """The main places, for the top bar."""
    return present(
        ("today", _("Today"), "today", "house"),
        ("explore", _("Explore"), "explore", "compass"),
        ("groups", _("Groups"), "groups", "users-round"),
        ("journal", _("Journal"), "journal", "notebook-pen"),
    )


def tab_places() -> list[Place]:
    """The five slots of the bottom bar on phones; "add" is the round one in the middle."""
    return present(
        ("today", _("Today"), "today", "house"),
        ("explore", _("Explore"), "explore", "compass"),
        ("add", _("Add a moment"), "moment_new", "plus"),
        ("groups", _("Groups"), "groups", "users-round"),
        ("rings", _("You"), "rings", "circle-user-round"),
    )


def my_links() -> list[Place]:
    """What is one's own, for the menu under the small rings."""
    return present(
        ("rings", _("Your rings"), "rings", "tree-deciduous"),
        ("moments", _("Your moments"), "moments", "list"),
        ("journal", _("Your journal"), "journal", "notebook-pen"),
        ("colleagues", _("Colleagues"), "people_index", "users-round"),
        ("following", _("What you follow"), "following", "bell"),
        ("profile", _("Your profile"), "profile_edit", "circle-user-round"),
        ("visible", _("What others can see"), "visible", "eye"),
        ("security", _("Sign-in and security"), "security", "key-round"),
    )


def desk_links(person: Person) -> list[Place]:
    """The desk bar: only for people with a desk, and only what they may open."""
    wanted = []
    if person.is_administrator:
        wanted += [
            ("people", _("People"), "desk_people", "users-round"),
            ("setup", _("Set-up"), "setup", "list-checks"),
        ]
    if person.has_role(Role.CURATOR, Role.STEWARD):
        wanted.append(("tags", _("Tags"), "desk_skills", "tags"))
    if person.has_role(Role.STEWARD):
        wanted += [
            ("review", _("Words to look at"), "review", "shield-check"),
            ("words", _("Hidden words"), "hidden_words", "eye-off"),
        ]
    return present(*wanted)


def first(links: Iterable[Place]) -> Place | None:
    """The only link of a list that may be empty."""
    return next(iter(links), None)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of every page."""
    person = getattr(request, "user", None)
    if not (person and person.is_authenticated):
        person = None
    theme = (person.theme if person else "") or request.COOKIES.get("theme", "")
    add = ("add", _("Add a moment"), "moment_new", "plus")
    find = ("find", _("Find anything"), "explore", "search")
    inbox = ("inbox", _("Notices"), "inbox", "inbox")
    foot = [("visible", _("What others can see"), "visible", "eye")] if person else []
    if person and person.has_role(Role.ADMINISTRATOR, Role.STEWARD):
        foot.append(("design", _("Style sheet"), "design", "swatch-book"))
    foot.append(("accessibility", _("Accessibility"), "accessibility", "accessibility"))
    return {
        "person": person,
        "organisation": Organisation.current(),
        "places": places() if person else [],
        "tab_places": tab_places() if person else [],
        "my_links": my_links() if person else [],
        "desk_links": desk_links(person) if person else [],
        "foot_links": present(*foot),
        "add_moment": first(present(add)) if person else None,
        "find": first(present(find)) if person else None,
        "inbox": first(present(inbox)) if person else None,
        "new_notices": new_count(person, timezone.now()) if person else 0,
        "toasts": waiting_toasts(request) if hasattr(request, "_messages") else [],
        "theme": theme if theme in {"light", "dark"} else "",
        "lang": getattr(request, "LANGUAGE_CODE", "en"),
        "my_rings": small_picture(person, person.today().year) if person else "",
    }
