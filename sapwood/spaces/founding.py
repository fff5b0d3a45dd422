"""Beginning a group, ending it, and bringing it back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from sapwood.conversations.models import Membership
from sapwood.conversations.refusing import Refused
from sapwood.core.announcing import announce
from sapwood.people.models import Organisation, Person
from sapwood.spaces.joining import add, enter
from sapwood.spaces.models import Kind, Openness, Space

A_DAY = 5  # groups somebody founds in a day: more is a mistake or a joke
LONGEST = timedelta(days=400)


def found(space: Space, *, by: Person, now: datetime) -> Space:
    """Keeps a new community or circle; who founds it is its steward. Raises Refused."""
    lately = Space.objects.filter(founded_by=by, founded_at__gt=now - timedelta(days=1))
    if lately.exclude(kind=Kind.TEAM).count() >= A_DAY:
        raise Refused(_("%(n)s new groups a day are the most. Come back tomorrow.") % {"n": A_DAY})
    with transaction.atomic():
        space.founded_by, space.founded_at, space.language = by, now, by.language
        space.save(force_insert=True)
        _steward(space, by, now)
    return space


def cohort_for(
    name: str,
    people: Iterable[Person],
    *,
    stewards: Iterable[Person],
    now: datetime,
    ends_on: date | None = None,
    language: str = "en",
) -> Space:
    """The closed group of those who go through a challenge, a course or an event together.

    For the apps above: they keep the key, and add and remove people as their lists change.
    """
    with transaction.atomic():
        space = Space.objects.create(
            kind=Kind.COHORT, openness=Openness.CLOSED, name=name[:120], founded_at=now,
            ends_on=ends_on, language=language,
        )  # fmt: skip
        for person in stewards:
            _steward(space, person, now)
        add(space, people, now=now)
    return space


def _steward(space: Space, person: Person, now: datetime) -> None:
    role = Membership.Role.STEWARD
    enter(space, person, origin=Membership.Origin.SELF, now=now, role=role)


def put_away(space: Space, *, now: datetime) -> None:
    """Nobody writes in it any more; who read it before reads it still."""
    space.archived_at = space.archived_at or now
    space.save(update_fields=["archived_at"])
    announce("readers_changed", space.audience_id)


def bring_back(space: Space, *, today: date) -> None:
    """Opens it again; a last day that is over is taken off."""
    space.archived_at = None
    if space.is_over(today):
        space.ends_on = None
    space.save(update_fields=["archived_at", "ends_on"])
    announce("readers_changed", space.audience_id)


def put_away_what_is_over(now: datetime) -> int:
    """Circles and cohorts whose last day is behind them where the organisation is; how many."""
    today = now.astimezone(ZoneInfo(Organisation.current().time_zone)).date()
    over = list(Space.objects.standing().filter(ends_on__lt=today))
    for space in over:
        put_away(space, now=now)
    return len(over)
