"""What every template calls most: words in the language in force, and addresses. Fast on purpose.

A page asks for a hundred words and as many addresses. Jinja2's own gettext and Django's `reverse`
spend a fifth of the page on that (measured: 1.0 of 5 ms on Today), mostly looking up the language,
the URLconf and the prefix again for each. Here both remember.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from sapwood.core.markup import drawn

_SLOT = UUID(int=0xF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF)


@lru_cache(maxsize=8192)
def _plain(language: str | None, text: str) -> Any:
    return drawn(translation.gettext(text) % {})


def gettext(text: str, /, **values: Any) -> Any:
    """The words in the language in force; `%(name)s` takes escaped values."""
    if values:
        return drawn(translation.gettext(text)) % values
    return _plain(translation.get_language(), text)


def ngettext(singular: str, plural: str, number: int, /, **values: Any) -> Any:
    """The form that fits `number`, which is also `%(num)s`."""
    values.setdefault("num", number)
    return drawn(translation.ngettext(singular, plural, number)) % values


def pgettext(context: str, text: str, /, **values: Any) -> Any:
    """As gettext, for a word that needs to say where it stands."""
    values.setdefault("context", context)
    return drawn(translation.pgettext(context, text)) % values


@lru_cache(maxsize=1024)
def _around(name: str, slots: int) -> tuple[str, ...]:
    """The address cut where its keys stand."""
    return tuple(reverse(name, args=[_SLOT] * slots).split(str(_SLOT)))


@lru_cache(maxsize=2048)
def _fixed(name: str, args: tuple[object, ...], kwargs: tuple[tuple[str, object], ...]) -> str:
    return reverse(name, args=args or None, kwargs=dict(kwargs) or None)


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named view. Raises NoReverseMatch where there is none."""
    if not args or kwargs or not all(isinstance(arg, UUID) for arg in args):
        return _fixed(name, args, tuple(kwargs.items()))
    before, *after = _around(name, len(args))
    return before + "".join(f"{key}{text}" for key, text in zip(args, after, strict=True))
