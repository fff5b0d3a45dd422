"""Middleware of ours: who asks, without NULs, in their language and time zone; a log line each."""

import logging
import time
import zoneinfo
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation

Respond = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("sapwood.request")


class ThroughProxies:
    """Behind SAPWOOD_PROXIES proxies, the address of whoever asks is the one the first of them saw.

    Each proxy adds to the right of X-Forwarded-For; what stands further left anybody can write.
    Without this, locks and limits on sign-in would count everybody as one.
    """

    def __init__(self, get_response: Respond) -> None:
        if not settings.PROXIES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = request.headers.get("X-Forwarded-For", "").split(",")
        if len(seen) >= settings.PROXIES:
            with suppress(ValueError):  # not an address: the nearest proxy stays the one who asks
                request.META["REMOTE_ADDR"] = str(ip_address(seen[-settings.PROXIES].strip()))
        return self.get_response(request)


class WithoutNulls:
    """Takes NUL out of what forms and addresses send: PostgreSQL cannot hold it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Before any view, and after the check of the form's token."""
        if "\0" in request.path_info:
            raise Http404
        request.GET, request.POST = _clean(request.GET), _clean(request.POST)


def _clean(sent: QueryDict) -> Any:
    if not any("\0" in text for name, texts in sent.lists() for text in (name, *texts)):
        return sent
    clean = QueryDict(mutable=True)
    for name, texts in sent.lists():
        clean.setlist(name.replace("\0", ""), [text.replace("\0", "") for text in texts])
    clean._mutable = False
    return clean


class PersonLocale:
    """Activates the language and time zone of whoever asks, before any view runs.

    Signed in: the person's own. Signed out: the `lang` cookie, then what the browser prefers.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        language = getattr(person, "language", "") or request.COOKIES.get("lang", "")
        if language not in dict(settings.LANGUAGES):
            language = translation.get_language_from_request(request)
        zone = getattr(person, "time_zone", "") or settings.TIME_ZONE
        with translation.override(language), timezone.override(zoneinfo.ZoneInfo(zone)):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        response.headers.setdefault("Cache-Control", "no-store" if person.pk else "no-cache")
        return response


class RequestLog:
    """Logs method, route (never the address: it may hold words), status and milliseconds."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        logger.debug(
            "request",
            extra={
                "method": request.method,
                "route": match.route if match else "-",
                "status": response.status_code,
                "ms": round((time.perf_counter() - start) * 1000, 1),
            },
        )
        return response
