"""What pages say, from the product's own catalogues, so that one journey speaks both languages."""

from dataclasses import dataclass

from django.utils import translation

from sapwood.core.formats import FILTERS
from sapwood.ledger.ways import WAYS, Way


@dataclass(frozen=True)
class Tongue:
    """A language of the pages."""

    code: str

    def __call__(self, words: str, plural: str = "", num: int = 1, /, **values: object) -> str:
        """The words as a page in this language has them; fails where there is no translation."""
        with translation.override(self.code):
            said = (
                translation.ngettext(words, plural, num) if plural else translation.gettext(words)
            )
        assert self.code == "en" or said not in {words, plural}, f"no translation: {words}"
        return said % {"num": num, **values} if "%(" in said else said

    def number(self, value: int) -> str:
        """2,000 as it is written here."""
        with translation.override(self.code):
            return FILTERS["number"](value)

    def way(self, key: str) -> str:
        """The name of a way."""
        with translation.override(self.code):
            return self.kind(key).name

    @staticmethod
    def kind(key: str) -> Way:
        """The way as data, for its ring."""
        return WAYS[key]


LOCALES = {"en": "en-GB", "pt": "pt-PT"}
