"""The key by which push services know this installation (VAPID); made once, kept beside the data.

Devices are tied to it: with another key each of them would have to be switched on again.
"""

import base64
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

NAME = "push_key"


def public_key() -> str:
    """What a browser needs to ask its push service for an address: base64url, without padding."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = _signer(settings.PUSH_KEY, str(settings.DATA_DIR)).public_key
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def authorization(endpoint: str) -> str:
    """The header that says who sends, signed for the push service at `endpoint`; good for a day."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": _contact()}
    signer = _signer(settings.PUSH_KEY, str(settings.DATA_DIR))
    signed: dict[str, str] = signer.sign(claims)
    return signed["Authorization"]


def _contact() -> str:
    """Where a push service can complain: our address on the web, else by mail."""
    if settings.BASE_URL.startswith("https://"):
        return str(settings.BASE_URL)
    address = str(settings.DEFAULT_FROM_EMAIL).rpartition("<")[2].rstrip("> ")
    return f"mailto:{address}"


@lru_cache(maxsize=4)
def _signer(given: str, folder: str) -> Any:
    """The key as py_vapid holds it. Loaded late: only those who push need the library."""
    from py_vapid import Vapid02

    if given:
        return Vapid02.from_string(given)
    kept = Path(folder) / NAME
    if not kept.exists():
        _make(kept)
    return Vapid02.from_pem(kept.read_bytes())


def _make(kept: Path) -> None:
    """Writes a whole new key, for us alone to read; of two who make one at once, one wins."""
    from py_vapid import Vapid02

    fresh = Vapid02()
    fresh.generate_keys()
    made = kept.with_name(f".{NAME}-{secrets.token_hex(6)}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(fresh.private_pem())
    try:
        os.link(made, kept)
    except FileExistsError:
        pass
    finally:
        made.unlink()
