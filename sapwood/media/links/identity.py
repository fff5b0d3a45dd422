"""Which addresses get a card, and by what two spellings of one address are known as the same."""

import hashlib
import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from django.conf import settings

from sapwood.core.fetcher import Refused, check_url

# Names in a query that let somebody in: of such a page the card says where it is and its title.
KEYS = re.compile(
    r"token|secret|passw|pwd|signature|(^|[-_])(sig|key|auth|code|otp|ticket|session|sid|jwt)($|[-_])"
    r"|apikey|authkey|resourcekey|credential|invit",
    re.I,
)


def tidied(url: str) -> str:
    """`url` as we would ask for it: without its fragment, name in small letters. Raises Refused.

    Our own pages are refused too ("own"): who may see them is not for a card to say.
    """
    parts = check_url(url)
    host = (parts.hostname or "").rstrip(".")
    if host in {(urlsplit(ours).hostname or "") for ours in (settings.BASE_URL, *settings.ORIGINS)}:
        raise Refused("own")
    name = f"[{host}]" if ":" in host else host
    place = name if parts.port is None else f"{name}:{parts.port}"
    return urlunsplit((parts.scheme, place, parts.path or "/", parts.query, ""))


def key_of(url: str) -> str:
    """What a tidied address is found by, 64 letters."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def host_of(url: str) -> str:
    """The site as people say it, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def opens_doors(url: str) -> bool:
    """True if the query looks as if it held a key, so that the page may be for few eyes."""
    query = urlsplit(url).query
    return any(KEYS.search(name) for name, _value in parse_qsl(query, keep_blank_values=True))
