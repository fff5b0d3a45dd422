"""A person's rings: read from the ledger, drawn, and kept while nothing changes."""

from datetime import date

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sapwood.core.formats import FILTERS
from sapwood.core.markup import drawn
from sapwood.core.prepared import Prepared
from sapwood.ledger.models import Moment, Trunk
from sapwood.ledger.rings import RingMoment, full, small
from sapwood.people.models import Person

_TRUNK = Trunk._meta.get_field("person").remote_field
_trunk = Prepared(lambda person: Trunk.objects.filter(person=person))
KEPT_FOR = 24 * 3600  # seconds; the version in the key makes an older drawing unreachable at once


def trunk_of(person: Person) -> Trunk:
    """The person's trunk; before the first moment one that is not stored, shaped by their id."""
    if not _TRUNK.is_cached(person):  # kept on the person for the rest of the request
        _TRUNK.set_cached_value(person, next(iter(_trunk(person=person.pk)), None))
    try:
        return person.trunk
    except Trunk.DoesNotExist:
        return Trunk(person=person, seed=person.pk.hex, version=0)


def year_of_moments(person: Person, year: int) -> list[RingMoment]:
    """What the picture needs of one year: one query."""
    rows = (
        Moment.objects.of(person)
        .in_year(year)
        .order_by()
        .values_list("occurred_on", "ring", "form", "reflected", "visibility", "knot")
    )
    return [
        RingMoment(day, ring, form, reflected, visibility != "private", knot)
        for day, ring, form, reflected, visibility, knot in rows
    ]


def small_picture(person: Person, year: int, trunk: Trunk | None = None) -> str:
    """The four flat bands of one year as safe markup, drawn once for each version of the record."""
    trunk = trunk or trunk_of(person)
    key = f"rings:{person.pk.hex}:{trunk.version}:{year}"
    text = cache.get(key)
    if text is None:
        text = small(year_of_moments(person, year), year, trunk.seed)
        cache.set(key, text, KEPT_FOR)
    return drawn(text)


def month_letters(year: int) -> list[str]:
    """J to D in the active language."""
    return [FILTERS["month"](date(year, month, 1))[0].upper() for month in range(1, 13)]


def full_picture(
    moments: list[RingMoment],
    year: int,
    trunk: Trunk,
    today: date,
    title: str,
    *,
    has_table: bool = True,
) -> str:
    """The large picture as safe markup, drawn once a day for each version of the record."""
    about = f"{trunk.person_id}:{trunk.version}:{year}:{today}"
    key = f"rings-full:{about}:{has_table}:{get_language()}"
    text = cache.get(key)
    if text is None:
        text = draw_full(moments, year, trunk, today, title, has_table=has_table)
        cache.set(key, text, KEPT_FOR)
    return drawn(text)


def draw_full(
    moments: list[RingMoment],
    year: int,
    trunk: Trunk,
    today: date,
    title: str,
    *,
    has_table: bool = True,
) -> str:
    """The large picture as safe markup, with a description that says its figures."""
    counts = [sum(moment.ring == ring for moment in moments) for ring in range(4)]
    words = (
        _(
            "%(r3)s moments from daily work, %(r2)s with other people, %(r1)s from resources and "
            "challenges, %(r0)s formal. The table below has them by month."
        )
        if has_table
        else _(
            "A year of learning drawn as tree rings: %(r3)s moments from daily work, %(r2)s with "
            "other people, %(r1)s from resources and challenges, %(r0)s formal."
        )
    )
    text = full(
        moments,
        year,
        trunk.seed,
        today=today if today.year == year else None,
        title=title,
        desc=words % {f"r{ring}": count for ring, count in enumerate(counts)},
        months=month_letters(year),
    )
    return drawn(text)
