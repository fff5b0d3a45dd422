"""The learning biography: a person's moments as pages to read, by year and month."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.template import engines
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sapwood.core.formats import FILTERS
from sapwood.ledger.mixes import Bar, Entry, by_form, by_objective
from sapwood.ledger.models import Moment, Trunk
from sapwood.ledger.rings import RingMoment, full
from sapwood.ledger.rings.standalone import standalone
from sapwood.ledger.story import tell
from sapwood.people.models import Person


@dataclass(frozen=True)
class Chapter:
    """One year: its picture (SVG, base64), its story, its months with moments, oldest first."""

    year: int
    picture: str
    story: Sequence[str]
    months: Sequence[tuple[date, Sequence[Moment]]]


@dataclass(frozen=True)
class Biography:
    """The whole book."""

    person: Person
    chapters: Sequence[Chapter]
    forms: Sequence[Bar]
    aims: Sequence[Bar]
    count: int


def write(person: Person, moments: Iterable[Moment], today: date) -> Biography:
    """The book of these moments."""
    own = sorted(moments, key=lambda m: (m.occurred_on, m.cursor))
    trunk = Trunk.objects.filter(person=person).first()
    seed = trunk.seed if trunk else person.pk.hex
    entries = [_entry(moment) for moment in own]
    chapters = [
        _chapter(year, list(of_year), seed, today)
        for year, of_year in groupby(own, key=lambda m: m.occurred_on.year)
    ]
    return Biography(person, chapters, by_form(entries), by_objective(entries), len(own))


def as_html(book: Biography) -> str:
    """One file that opens anywhere: styles and pictures are inside."""
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return str(
        environment.get_template("ledger/biography/book.html").render(
            book=book, lang=get_language()
        )
    )


def as_pdf(book: Biography) -> bytes:
    """The same, on A4."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols={"data"})
    return bytes(HTML(string=as_html(book), url_fetcher=fetcher).write_pdf())


def _chapter(year: int, moments: Sequence[Moment], seed: str, today: date) -> Chapter:
    marks = [
        RingMoment(m.occurred_on, m.ring, m.form, m.reflected, m.is_shared, m.knot) for m in moments
    ]
    title = _("Your rings, %(year)s") % {"year": year}
    letters = [FILTERS["month"](date(year, month, 1))[0].upper() for month in range(1, 13)]
    svg = full(marks, year, seed, today, title, title, letters, uid=f"rings-{year}")
    picture = b64encode(standalone(svg).encode()).decode()
    months = [
        (first, list(rows))
        for first, rows in groupby(moments, key=lambda m: m.occurred_on.replace(day=1))
    ]
    return Chapter(year, picture, _story(moments, year, today), months)


def _story(moments: Sequence[Moment], year: int, today: date) -> list[str]:
    return [line.text for line in tell([_entry(m) for m in moments], year, today)]


def _entry(moment: Moment) -> Entry:
    return Entry(
        moment.occurred_on, moment.way, moment.minutes, moment.form, moment.place,
        moment.objectives, moment.reflected, moment.knot,
    )  # fmt: skip
