"""Who will see an activity, counted and in words, before it is published."""

from collections import Counter
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sapwood.activities.models import Activity, Audience
from sapwood.people.models import Organisation, Person, PersonQuerySet, Unit
from sapwood.spaces.models import Openness, Space


def readers(activity: Activity) -> PersonQuerySet:
    """Everyone who can see it once it is published, its owner left out."""
    people: PersonQuerySet = Person.objects.active().exclude(pk=activity.owner_id)
    named = Q(participations__activity=activity) & ~Q(participations__state="left")
    if activity.audience == Audience.UNIT and activity.unit:
        named |= Q(unit__path__startswith=activity.unit.path)
    if activity.audience == Audience.GROUP and activity.space:
        named |= Q(pk__in=activity.space.audience.readers().values("pk"))
    return people if activity.audience == Audience.EVERYONE else people.filter(named).distinct()


def in_words(activity: Activity, count: int | None = None) -> str:
    """One sentence: which people, and how many they are now."""
    number = readers(activity).count() if count is None else count
    people = ngettext("%(count)s person", "%(count)s people", number) % {"count": number}
    if activity.audience == Audience.UNIT and activity.unit:
        return _("%(unit)s and the units under it: %(people)s.") % {
            "unit": activity.unit.name,
            "people": people,
        }
    if activity.audience == Audience.GROUP and activity.space:
        return _of_group(activity.space, number)
    if activity.audience == Audience.INVITED:
        return _("Only those you invite: %(people)s.") % {"people": people}
    name = Organisation.current().name
    return _("Everyone in %(name)s: %(people)s.") % {"name": name, "people": people}


def _of_group(space: Space, count: int) -> str:
    names = {"count": count, "group": space.name}
    if space.openness == Openness.OPEN:
        said = ngettext(
            "Everyone, because %(group)s is open: %(count)s person.",
            "Everyone, because %(group)s is open: %(count)s people.",
            count,
        )
    else:
        said = ngettext(
            "The %(count)s person of %(group)s.", "The %(count)s people of %(group)s.", count
        )
    return said % names


def counts_by_unit(person: Person) -> Counter[UUID]:
    """How many people each unit and the units under it have, without this person. One query."""
    others = Person.objects.active().exclude(pk=person.pk).exclude(unit=None)
    counts: Counter[UUID] = Counter()
    for path, number in others.order_by().values_list("unit__path").annotate(Count("pk")):
        for part in path.strip("/").split("/"):
            counts[UUID(hex=part)] += number
    return counts


def unit_in_words(unit: Unit, count: int) -> str:
    """A unit as a choice: its name, and how many it would be."""
    words = ngettext("%(unit)s (%(count)s person)", "%(unit)s (%(count)s people)", count)
    return words % {"unit": unit.name, "count": count}


def choices_in_words(
    person: Person, unit: Unit | None = None, space: Space | None = None
) -> list[tuple[str, str, str]]:
    """The audiences as (value, words, consequence), with how many people each would be."""
    mine = Activity(owner=person, audience=Audience.EVERYONE)
    consequences = {Audience.EVERYONE: in_words(mine)}
    consequences[Audience.UNIT] = _("The people of the unit you pick, and of the units under it.")
    if unit := unit or person.unit:
        count = Person.objects.active().in_unit(unit).exclude(pk=person.pk).count()
        yours = Activity(owner=person, audience=Audience.UNIT, unit=unit)
        consequences[Audience.UNIT] = in_words(yours, count)
    consequences[Audience.GROUP] = _("The people of the group you pick. If it is open, everyone.")
    if space:
        consequences[Audience.GROUP] = in_words(
            Activity(owner=person, audience=Audience.GROUP, space=space)
        )
    consequences[Audience.INVITED] = _("Nobody else finds it, not even by searching.")
    return [(choice.value, str(choice.label), consequences[choice]) for choice in Audience]
