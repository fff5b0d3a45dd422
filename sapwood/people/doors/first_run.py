"""The first run: a one-time link on the console, and no other way in until it was used."""

import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from sapwood.people.models import Organisation

IN_SESSION = "first_run"  # where the browser's session keeps the secret of the link
OPEN = {"setup", "setup_begin", "readyz", "manifest", "sw"}


def _kept() -> Path:
    return Path(settings.DATA_DIR) / "first_run"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def is_needed() -> bool:
    """True while nobody has named the organisation and its first administrator."""
    return not Organisation.objects.filter(set_up_at__isnull=False).exists()


def first_run_link() -> str | None:
    """A new link that opens the first hour once, or None when it is done or there are no tables.

    Only its digest is kept, readable by us alone; an earlier link ends here.
    """
    try:
        if not is_needed():
            _kept().unlink(missing_ok=True)
            return None
    except DatabaseError:
        return None
    secret = secrets.token_urlsafe(32)
    handle = os.open(_kept(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(_digest(secret))
    # Written out: the process that prints it need not load every address.
    return f"{settings.BASE_URL.rstrip('/')}/setup/begin/{secret}/"


def fits(secret: str) -> bool:
    """True while `secret` belongs to the last link printed."""
    try:
        return secrets.compare_digest(_kept().read_text(), _digest(secret))
    except FileNotFoundError:
        return False


def use_up(secret: str) -> bool:
    """Ends the link; True for exactly one caller with the right secret."""
    if not fits(secret):
        return False
    try:
        _kept().unlink()
    except FileNotFoundError:
        return False
    return True


class FirstRun:
    """Sends everybody to the set-up page until it is done; costs signed-in people nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        stranger = not request.user.is_authenticated
        if stranger and not self._is_open(request.path_info) and is_needed():
            return HttpResponseRedirect(reverse("setup"))
        return self.get_response(request)

    def _is_open(self, path: str) -> bool:
        try:
            return resolve(path).url_name in OPEN
        except Resolver404:
            return False
