"""Which languages the pages speak, and how much of each is there: counted in the catalogues."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

SOURCE = "en"  # what the code itself says


@dataclass(frozen=True)
class Spoken:
    """One language by its own name, and how many of the texts are translated into it."""

    code: str
    name: str
    texts: int
    translated: int

    @property
    def percent(self) -> int:
        """100 only when nothing is missing."""
        return 100 * self.translated // self.texts if self.texts else 0

    @property
    def words(self) -> str:
        """One line for a page."""
        if self.code == SOURCE:
            return _("%(language)s: all %(count)s texts are written in it") % {
                "language": self.name,
                "count": self.texts,
            }
        return _("%(language)s: %(percent)s %% of %(count)s texts") % {
            "language": self.name,
            "percent": self.percent,
            "count": self.texts,
        }


@lru_cache(maxsize=1)
def spoken() -> tuple[Spoken, ...]:
    """Every language that is offered or has a catalogue; the catalogues are read once a process."""
    from sapwood.core.catalogues import apps, counts, started

    offered = [code for code, _name in settings.LANGUAGES]
    found = []
    for code in dict.fromkeys([*offered, *started()]):
        rows = [counts(folder, code) for folder in apps().values()]
        found.append(
            (code, sum(texts for texts, _done in rows), sum(done for _texts, done in rows))
        )
    most = max(texts for _code, texts, _done in found)
    return tuple(
        Spoken(code, own_name(code), most, most if code == SOURCE else done)
        for code, _texts, done in found
    )


def own_name(code: str) -> str:
    """Português, English: as its speakers write it."""
    from babel import Locale

    name = Locale.parse(code.replace("-", "_")).get_display_name(code) or code
    return name[:1].upper() + name[1:]
