"""Which films and sounds may play on a page, and from where: a fixed list, data/players.yaml.

The address of a player is made from parts that fit a narrow pattern, never taken from a page, and
is checked against the one host of its site.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit

import yaml

DATA = Path(__file__).parent.parent / "data" / "players.yaml"


@dataclass(frozen=True)
class Site:
    """One entry of the list; see there for what each means."""

    key: str
    site: str
    host: str
    kind: str
    pages: tuple[re.Pattern[str], ...]
    player: str
    begins: str = ""
    about: str = ""
    referrer: str = "no-referrer"


@dataclass(frozen=True)
class Player:
    """Where one film or sound plays. `begins` is `src` playing at once."""

    site: Site
    src: str

    @property
    def begins(self) -> str:
        """The address for a reader who has just pressed play."""
        if not self.site.begins:
            return self.src
        return f"{self.src}{'&' if '?' in self.src else '?'}{self.site.begins}"


@lru_cache(maxsize=1)
def sites() -> tuple[Site, ...]:
    """The list, in the order of the file."""
    rows = yaml.load(DATA.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return tuple(
        Site(**{**row, "pages": tuple(re.compile(page, re.ASCII) for page in row["pages"])})
        for row in rows
    )


def frame_sources() -> list[str]:
    """What a page with cards may show in a frame."""
    return [f"https://{site.host}" for site in sites()]


@lru_cache(maxsize=2048)
def player_of(url: str) -> Player | None:
    """The player of an address, or None."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or parts.username or parts.port:
            return None
    except ValueError:
        return None
    place = f"{(parts.hostname or '')}{parts.path.rstrip('/')}"
    place = f"{place}?{parts.query}" if parts.query else place
    for site in sites():
        for page in site.pages:
            if found := page.fullmatch(place):
                return _checked(site, site.player.format(**found.groupdict()))
    return None


def about_url(url: str) -> str:
    """Where the site of `url` tells its title and picture; empty if it does not."""
    player = player_of(url)
    about = player.site.about if player else ""
    return f"{about}{quote(url, safe='')}" if about else ""


def _checked(site: Site, src: str) -> Player | None:
    """The player, if its address is what the list promises."""
    parts = urlsplit(src)
    is_right = parts.scheme == "https" and parts.netloc == site.host and ".." not in parts.path
    return Player(site, src) if is_right else None
