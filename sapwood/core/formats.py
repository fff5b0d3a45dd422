"""Dates and numbers in the words of the reader's language (CLDR through Babel), cached by day."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext

# pt_PT and en_GB: European Portuguese and day-before-month English.
LOCALES = {"pt": "pt_PT", "en": "en_GB"}
PATTERNS = {
    "day": {"en": "EEE d MMM", "pt": "EEE, d MMM"},
    "shortday": {"en": "EEE d", "pt": "EEE d"},
    "weekday": {"en": "EEEE", "pt": "EEEE"},
    "longday": {"en": "EEEE d MMMM", "pt": "EEEE, d 'de' MMMM"},
    "daymonth": {"en": "d MMMM", "pt": "d 'de' MMMM"},
    "fullday": {"en": "d MMMM y", "pt": "d 'de' MMMM 'de' y"},
    "month": {"en": "LLLL", "pt": "LLLL"},
    "dayofmonth": {"en": "d", "pt": "d"},
    "shortdate": {"en": "d MMM", "pt": "d MMM"},
    "shortmonth": {"en": "LLL", "pt": "LLL"},
    "monthyear": {"en": "LLLL y", "pt": "LLLL 'de' y"},
}


def current_locale() -> str:
    """The CLDR name of the active language."""
    return LOCALES.get((get_language() or "en")[:2], "en_GB")


@lru_cache(maxsize=4096)
def _format(day: date, pattern: str, locale: str) -> str:
    return str(format_date(day, PATTERNS[pattern][locale[:2]], locale=locale)).replace(".", "")


def _day_filter(pattern: str) -> Callable[[date | datetime], str]:
    def show(value: date | datetime) -> str:
        if isinstance(value, datetime):
            value = timezone.localtime(value).date()
        return _format(value, pattern, current_locale())

    return show


def clock(value: datetime) -> str:
    """14:00, in the active time zone."""
    return str(format_time(timezone.localtime(value), "HH:mm", locale=current_locale()))


def number(value: float) -> str:
    """A number with the locale's separators."""
    return _decimal(value, current_locale())


@lru_cache(maxsize=2048)
def _decimal(value: float, locale: str) -> str:
    return str(format_decimal(value, locale=locale))


def since(value: datetime) -> str:
    """As people say when: 04:50, yesterday at 16:20, Tuesday, 12 June, 12 June 2025."""
    there, today = timezone.localtime(value), timezone.localtime().date()
    days = (today - there.date()).days
    if days == 0:
        return clock(value)
    if days == 1:
        return gettext("yesterday at %(time)s") % {"time": clock(value)}
    if 1 < days < 7:
        return _format(there.date(), "weekday", current_locale())
    pattern = "daymonth" if there.year == today.year else "fullday"
    return _format(there.date(), pattern, current_locale())


FILTERS: dict[str, Callable[..., Any]] = {name: _day_filter(name) for name in PATTERNS}
FILTERS |= {"clock": clock, "number": number, "since": since}
