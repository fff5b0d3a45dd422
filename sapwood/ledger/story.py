"""A year told in a few plain sentences, each of them true of the person's own moments.

Nothing is praised, scolded or compared. Every sentence has a key that names its subject and stays
the same all year: what its owner wrote in its place stays when its figures and names change.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import msgspec
from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sapwood.core.formats import FILTERS, current_locale
from sapwood.ledger.mixes import Entry
from sapwood.ledger.ways import WAYS, Place

LONGEST = 8
SUBJECTS = (
    "first", "fullest", "woke", "quiet", "knots", "way", "giving", "outside", "writing", "rings",
    "lately",
)  # fmt: skip
DISPENSABLE = ("rings", "outside", "giving")  # left out first where there is much to tell
QUIET = timedelta(days=28)
STILL = timedelta(weeks=8)

FULLEST = {
    None: gettext_lazy("%(month)s was the fullest month, spread over several rings."),
    0: gettext_lazy("%(month)s was the fullest month, and most of it was formal training."),
    1: gettext_lazy(
        "%(month)s was the fullest month, and most of it came from resources and challenges."
    ),
    2: gettext_lazy("%(month)s was the fullest month, and most of it happened with other people."),
    3: gettext_lazy(
        "%(month)s was the fullest month, and most of it came from daily work and your own path."
    ),
}
WOKE = {
    0: gettext_lazy(
        "Ring 0, formal training, began to grow in %(month)s after %(weeks)s still weeks."
    ),
    1: gettext_lazy(
        "Ring 1, resources and challenges, began to grow in %(month)s after %(weeks)s still weeks."
    ),
    2: gettext_lazy(
        "Ring 2, with other people, began to grow in %(month)s after %(weeks)s still weeks."
    ),
    3: gettext_lazy("Ring 3, daily work, began to grow in %(month)s after %(weeks)s still weeks."),
}
LATELY = {
    0: gettext_lazy("Since %(month)s most of what you kept has been formal training."),
    1: gettext_lazy(
        "Since %(month)s most of what you kept has come from resources and challenges."
    ),
    2: gettext_lazy("Since %(month)s most of what you kept has happened with other people."),
    3: gettext_lazy(
        "Since %(month)s most of what you kept has come from daily work and your own path."
    ),
}


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of the story and the key its owner's edit is kept under."""

    key: str
    text: str


Timed = tuple[date, Sentence]


def tell(moments: Iterable[Entry], year: int, today: date) -> list[Sentence]:
    """The story of one year in the active language: at most eight sentences, few for little."""
    own = sorted(
        (m for m in moments if m.occurred_on.year == year),
        key=lambda m: (m.occurred_on, m.way, m.knot),
    )
    if not own:
        return [_nothing(year, today)]
    timed = [found for found in (_fullest(own), _woke(own), _quiet(own)) if found]
    told = [
        _first(own),
        *(sentence for _day, sentence in sorted(timed, key=lambda pair: pair[0])),
        *filter(None, (_knots(own), _way(own), _giving(own), _outside(own), _writing(own))),
        *filter(None, (_rings(own), _lately(own, year, today))),
    ]
    for key in DISPENSABLE:
        if len(told) > LONGEST:
            told = [sentence for sentence in told if sentence.key != key]
    return told


def _nothing(year: int, today: date) -> Sentence:
    if today.year > year:
        return Sentence("nothing", _("Nothing is kept for %(year)s.") % {"year": year})
    words = _("Nothing is kept for %(year)s yet. One sentence is enough to begin.")
    return Sentence("nothing", words % {"year": year})


def _first(own: list[Entry]) -> Sentence:
    first = own[0]
    words = _("The first moment of %(year)s is from %(day)s: “%(way)s”.")
    about = {"year": first.occurred_on.year, "day": _day(first), "way": first.kind.name}
    return Sentence("first", words % about)


def _fullest(own: list[Entry]) -> Timed | None:
    """The one month that holds most, if there are others to hold less."""
    counts = Counter(m.occurred_on.replace(day=1) for m in own)
    most = max(counts.values())
    fullest = [month for month, count in counts.items() if count == most]
    if most < 3 or len(fullest) > 1 or len(counts) < 2:
        return None
    month = fullest[0]
    ring = _leading_ring([m for m in own if m.occurred_on.month == month.month])
    return month, Sentence("fullest", FULLEST[ring] % {"month": _month(month)})


def _woke(own: list[Entry]) -> Timed | None:
    """The ring that grew after the longest stillness, if it grew by more than a visit."""
    wakings = []
    for ring in range(4):
        since = own[0].occurred_on
        days = [m.occurred_on for m in own if m.ring == ring]
        for i, day in enumerate(days):
            if day - since >= STILL and _goes_on(days[i:]):
                wakings.append((day - since, ring, day))
            since = day
    if not wakings:
        return None
    still, ring, day = max(wakings)
    about = {"month": _month(day), "weeks": still.days // 7}
    return day, Sentence("woke", WOKE[ring] % about)


def _goes_on(days: list[date]) -> bool:
    """Three moments or more within six weeks of the first."""
    return sum(day - days[0] < timedelta(weeks=6) for day in days) >= 3


def _quiet(own: list[Entry]) -> Timed | None:
    """The longest stretch between two moments, if it is four weeks or more."""
    days = [m.occurred_on for m in own]
    gaps = [(b - a, a, b) for a, b in pairwise(days)]
    longest, start, end = max(gaps, default=(timedelta(), days[0], days[0]))
    if longest < QUIET:
        return None
    words = _("Between %(start)s and %(end)s the rings stay quiet.")
    about = {"start": FILTERS["daymonth"](start), "end": FILTERS["daymonth"](end)}
    return start, Sentence("quiet", words % about)


def _knots(own: list[Entry]) -> Sentence | None:
    named = [m for m in own if m.knot]
    about: dict[str, object] = {"count": len(named)}
    if not named:
        return None
    if len(named) == 1:
        words = _("You named one moment: “%(name)s”, on %(day)s.")
        about |= {"name": named[0].knot, "day": _day(named[0])}
    elif len(named) <= 4:
        words = _("You named %(count)s moments: %(names)s.")
        quoted = [_("“%(name)s”") % {"name": m.knot} for m in named]
        about |= {"names": format_list(quoted, locale=current_locale())}
    else:
        words = _("You named %(count)s moments, from “%(first)s” to “%(last)s”.")
        about |= {"first": named[0].knot, "last": named[-1].knot}
    return Sentence("knots", words % about)


def _way(own: list[Entry]) -> Sentence | None:
    (way, count), *others = Counter(m.way for m in own).most_common(2)
    if count < 3 or (others and others[0][1] == count):
        return None
    words = _("The way you used most was “%(way)s”, %(count)s times.")
    return Sentence("way", words % {"way": WAYS[way].name, "count": count})


def _giving(own: list[Entry]) -> Sentence | None:
    count = sum(m.kind.direction == "give" for m in own)
    words = ngettext(
        "In %(count)s moment you were the one who taught, shared or made something for others.",
        "In %(count)s moments you were the one who taught, shared or made something for others.",
        count,
    )
    return Sentence("giving", words % {"count": count}) if count else None


def _outside(own: list[Entry]) -> Sentence | None:
    count = sum((m.place or m.kind.place) == Place.OUTSIDE for m in own)
    words = ngettext(
        "%(count)s moment happened outside the organisation.",
        "%(count)s moments happened outside the organisation.",
        count,
    )
    return Sentence("outside", words % {"count": count}) if count else None


def _writing(own: list[Entry]) -> Sentence | None:
    count = len({m.occurred_on.isocalendar()[:2] for m in own if m.reflected})
    words = ngettext(
        "You wrote about what happened in %(count)s week of the year.",
        "You wrote about what happened in %(count)s weeks of the year.",
        count,
    )
    return Sentence("writing", words % {"count": count}) if count else None


def _rings(own: list[Entry]) -> Sentence | None:
    count = len({m.ring for m in own})
    if count == 4:
        return Sentence("rings", _("What you kept came from all four rings."))
    words = _("What you kept came from %(count)s of the four rings.")
    return Sentence("rings", words % {"count": count}) if count > 1 else None


def _lately(own: list[Entry], year: int, today: date) -> Sentence | None:
    """What the last one or two months are made of, while the year is still being lived."""
    if today.year != year or today.month == 1:
        return None
    since = today.replace(month=today.month - 1, day=1)
    recent = [m for m in own if since <= m.occurred_on <= today]
    ring = _leading_ring(recent)
    if len(recent) < 5 or len(recent) == len(own) or ring is None:
        return None
    return Sentence("lately", LATELY[ring] % {"month": _month(since)})


def _leading_ring(some: list[Entry]) -> int | None:
    """The ring that holds more than half, if one does."""
    top = Counter(m.ring for m in some).most_common(1)
    return top[0][0] if top and top[0][1] * 2 > len(some) else None


def _day(moment: Entry) -> str:
    return str(FILTERS["daymonth"](moment.occurred_on))


def _month(day: date) -> str:
    return str(FILTERS["month"](day))
