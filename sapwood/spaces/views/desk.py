"""The frame of the pages for stewards."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces.models import JoinRequest, Kind, Space
from sapwood.spaces.words import kind_line

FOLLOWS_A_LIST = (Kind.TEAM, Kind.COHORT)


def desk(request: PersonRequest, space: Space, on: str) -> dict[str, Any]:
    """Title and tabs."""
    waiting = JoinRequest.objects.told_to(request.user).filter(space=space).count()
    wanted: list[tuple[str, str, str, int]] = [
        ("about", _("About"), "group_settings", 0),
        ("members", _("Members"), "group_members", 0),
        ("requests", _("Requests"), "group_requests", waiting),
        ("links", _("Links"), "group_links", 0),
        ("rules", _("Rules"), "group_rules", 0),
        ("rituals", _("Rituals"), "group_rituals", 0),
        ("health", _("How it is doing"), "group_health", 0),
    ]
    hidden = set()
    if space.kind in FOLLOWS_A_LIST:
        hidden = {"requests", "links", "rules"}
    elif not space.may_set_rules(request.user):
        hidden = {"rules"}
    tabs = [
        (slug, words, reverse(name, args=[space.pk]), *([n] if n else []))
        for slug, words, name, n in wanted
        if slug not in hidden
    ]
    return {"space": space, "tabs": tabs, "on": on, "kind": kind_line(space)}
