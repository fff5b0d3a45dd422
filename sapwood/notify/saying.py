"""How the inbox puts things: numbers in words, how long ago, until when."""

from datetime import datetime, timedelta

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sapwood.core.formats import FILTERS, current_locale

HOUR = timedelta(hours=1)


def title_for(new: int) -> str:
    """ "Three things moved"; numbers above twelve in digits."""
    words = [
        _("Nothing new"), _("One thing moved"), _("Two things moved"), _("Three things moved"),
        _("Four things moved"), _("Five things moved"), _("Six things moved"),
        _("Seven things moved"), _("Eight things moved"), _("Nine things moved"),
        _("Ten things moved"), _("Eleven things moved"), _("Twelve things moved"),
    ]  # fmt: skip
    if new < len(words):
        return words[new]
    return _("%(n)s things moved") % {"n": FILTERS["number"](new)}


def ago(at: datetime, now: datetime) -> str:
    """ "12 min", "2 h", "Tue 13", "2 Oct": short, because it stands at the end of a line."""
    passed = max(now - at, timedelta())
    if passed < HOUR:
        return _("%(n)s min") % {"n": max(1, int(passed.total_seconds() // 60))}
    if passed < 12 * HOUR:
        return _("%(n)s h") % {"n": int(passed / HOUR)}
    return str(FILTERS["shortday" if passed.days < 6 else "shortdate"](at))


def until(at: datetime, now: datetime) -> str:
    """ "14:00" today, "Monday 19 October" later."""
    is_today = at.astimezone(now.tzinfo).date() == now.date()
    return str(FILTERS["clock" if is_today else "longday"](at))


def weekday(at: datetime) -> str:
    """ "Monday"."""
    return str(format_date(timezone.localtime(at).date(), "EEEE", locale=current_locale()))


def threads_and(threads: int, events: int) -> str:
    """ "3 threads, 9 notices"."""
    return ", ".join(
        (
            ngettext("%(n)s thread", "%(n)s threads", threads) % {"n": FILTERS["number"](threads)},
            ngettext("%(n)s notice", "%(n)s notices", events) % {"n": FILTERS["number"](events)},
        )
    )


def in_the_letter(at: datetime, threads: int, events: int, now: datetime) -> str:
    """ "Thursday 15 October at 07:30: 2 threads, 11 notices"; what is late names no time."""
    if at < now:
        return _("As soon as it can leave: %(what)s.") % {"what": threads_and(threads, events)}
    return _("%(day)s at %(time)s: %(what)s.") % {
        "day": FILTERS["longday"](at),
        "time": FILTERS["clock"](at),
        "what": threads_and(threads, events),
    }
