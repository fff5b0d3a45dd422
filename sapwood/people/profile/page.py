"""What a person's page shows to a viewer: the one rule for the page and for "See my page as"."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from sapwood.people.blocking import blocked_pairs, still_meets
from sapwood.people.models import Person, Said, Unit
from sapwood.people.skills import tags_of


@dataclass(frozen=True)
class ProfilePage:
    """Everything the template shows; what the viewer may not see is not in it."""

    who: Person
    units: list[str]
    manager: Person | None
    reports: list[Person]
    days: list[int]
    there_now: datetime | None
    learning: list[str]
    is_own: bool
    can_change: bool

    @property
    def place(self) -> str:
        """Unit and site in one line."""
        return ", ".join(
            part for part in (self.units[-1] if self.units else "", self.who.site) if part
        )


def profile_page(who: Person, viewer: Person) -> ProfilePage:
    """The page of `who` as `viewer` sees it. Nothing on it tells when somebody was here."""
    is_report = who.manager_id == viewer.pk and who.pk != viewer.pk
    apart = blocked_pairs(viewer)
    manager = who.manager
    if manager and manager.pk in apart and not still_meets(manager, viewer):
        manager = None
    return replace(
        glimpse(who, viewer),
        units=unit_names(who.unit),
        manager=None if is_report else manager,
        reports=list(Person.objects.reports_of(who).apart_from(viewer)[:30]),
    )


def glimpse(who: Person, viewer: Person) -> ProfilePage:
    """The page without the reporting line, for beside a list: what `who` wrote, in one query."""
    return ProfilePage(
        who=who,
        units=[who.unit.name] if who.unit else [],
        manager=None,
        reports=[],
        days=[int(day) for day in who.working_days],
        there_now=who.now() if who.time_zone != viewer.time_zone else None,
        learning=[each.skill.name for each in tags_of(who).filter(said=Said.LEARNING)],
        is_own=who.pk == viewer.pk,
        can_change=who.pk != viewer.pk and viewer.is_administrator,
    )


def unit_names(unit: Unit | None) -> list[str]:
    """Names from the root to `unit`, in one query."""
    if unit is None:
        return []
    names = dict(Unit.objects.filter(pk__in=unit.ancestry).values_list("pk", "name"))
    return [names[key] for key in unit.ancestry if key in names]


def local_clock(moment: datetime) -> str:
    """Hours and minutes where that person is, not where the reader is."""
    return moment.strftime("%H:%M") if timezone.is_aware(moment) else ""
