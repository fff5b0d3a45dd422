"""Reads the environment: where data lives, the kept secret key, and what production refuses."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parent.parent
PLACEHOLDERS = ("change-me", "changeme", "secret", "insecure", "django-insecure")


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes or on, in any case."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list without blanks."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def data_dir(testing: bool = False) -> Path:
    """SAPWOOD_DATA; else `var/` in a checkout, else a folder in the home of an installed copy.

    Tests get a folder of their own, gone with the machine's temporary files.
    """
    if given := os.environ.get("SAPWOOD_DATA"):
        path = Path(given).expanduser()
    elif testing:
        path = Path(tempfile.mkdtemp(prefix="sapwood-test-"))
    elif (PACKAGE.parent / "manage.py").exists():
        path = PACKAGE.parent / "var"
    else:
        path = Path.home() / ".local" / "share" / "sapwood"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)  # it holds private writing
    return path


def redis_url() -> str:
    """REDIS_URL; tests that run beside each other have a database each, which they empty."""
    given, worker = os.environ.get("REDIS_URL", ""), os.environ.get("PYTEST_XDIST_WORKER", "")
    if given and worker:
        return f"{given.rpartition('/')[0]}/{10 + int(worker.removeprefix('gw'))}"
    return given


def secret_key(folder: Path) -> str:
    """SECRET_KEY, or one made on the first run and kept beside the data, for us alone to read."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    kept = folder / "secret_key"
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key


def cache_prefix(key: str, database: str) -> str:
    """What tells two installations apart that were given one Redis; says nothing about the key."""
    return hashlib.sha256(f"{key}\0{database}".encode()).hexdigest()[:12]


def refuse_unsafe_production(*, debug: bool, key: str, origins: list[str]) -> None:
    """Raises ImproperlyConfigured when a production start would be unsafe."""
    if debug:
        raise ImproperlyConfigured("SAPWOOD_ENV=production does not run with SAPWOOD_DEBUG on.")
    if len(key) < 32 or any(key.lower().startswith(word) for word in PLACEHOLDERS):
        raise ImproperlyConfigured(
            "SECRET_KEY is a placeholder or too short: unset it (one is made and kept) "
            "or give 50 random characters."
        )
    plain = [origin for origin in origins if not origin.startswith("https://")]
    if plain or not origins:
        raise ImproperlyConfigured(
            "SAPWOOD_ORIGINS must list the https:// addresses people use, for example "
            "https://learn.example.org."
        )
