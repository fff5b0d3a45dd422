"""Showing the rings of a year to colleagues by name, and taking them back at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from sapwood.home.models import ShownYear, YearShare
from sapwood.home.picture import draw_full
from sapwood.home.year import Year, load_year
from sapwood.people.models import Person


@dataclass(frozen=True)
class Glimpse:
    """What a colleague sees of a year: the picture and its table, no story, no words of moments.

    Only those named moments carry a letter and a name that this colleague was shown by name.
    """

    year: Year
    title: str
    picture: str


def show_year(person: Person, year: int, readers: Iterable[Person]) -> None:
    """Shows the year to these people as well; its owner and those who see it are passed over."""
    readers = [reader for reader in readers if reader.pk != person.pk]
    if not readers:
        return
    with transaction.atomic():
        shown, _is_new = ShownYear.objects.get_or_create(person=person, year=year)
        YearShare.objects.bulk_create(
            [YearShare(shown=shown, person=reader) for reader in readers], ignore_conflicts=True
        )


def take_back(share: YearShare) -> None:
    """Ends what one person sees; after the last one nothing is left of it."""
    with transaction.atomic():
        share.delete()
        ShownYear.objects.filter(pk=share.shown_id, shares=None).delete()


def title_of(shown: ShownYear) -> str:
    """The heading a colleague reads."""
    return _("Rings of %(name)s, %(year)s") % {"name": shown.person.name, "year": shown.year}


def glimpse(shown: ShownYear, reader: Person) -> Glimpse:
    """The year as `reader` may see it, drawn anew each time: it differs from reader to reader."""
    owner = shown.person
    year = load_year(owner, shown.year, owner.today(), reader=reader)
    title = title_of(shown)
    picture = draw_full(list(year.moments), year.year, year.trunk, year.today, title)
    return Glimpse(year, title, picture)
