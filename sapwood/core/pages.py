"""Answering with a page: whole, or only the block that an htmx request swaps in."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.utils.functional import lazy
from django.utils.module_loading import import_string
from jinja2_fragments import render_block

from sapwood.core.markup import drawn

_lazy_token = lazy(get_token, str)


def shell_context(request: HttpRequest) -> dict[str, Any]:
    """What every page may use; the app at the top (settings.SHELL) fills in the places."""
    return dict(import_string(settings.SHELL)(request))


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page `template`, or just its `block` when htmx asks for a piece.

    A boosted request or a browser's own wants the page; a target wants the block.
    """
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    values = {
        "request": request,
        "csrf_token": _lazy_token(request),
        "csrf_input": csrf_input(request),
        **shell_context(request),
        **(context or {}),
    }
    htmx = getattr(request, "htmx", None)
    if block and htmx and not htmx.boosted:
        html = render_block(environment, template, block, **values)
    else:
        html = environment.get_template(template).render(values)
    response = HttpResponse(html, status=status)
    if block:
        response.headers["Vary"] = "HX-Request"
    return response


def readable_offline(response: HttpResponse) -> HttpResponse:
    """Lets the reader's own device keep this page, if they chose so (js/reading/shelf.js)."""
    response.headers["X-Read-Offline"] = "yes"
    return response


def csrf_input(request: HttpRequest) -> Any:
    """The hidden form field with the token."""
    return drawn(f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">')


def forbid_unless(allowed: bool) -> None:
    """Raises PermissionDenied (403) unless `allowed`."""
    if not allowed:
        raise PermissionDenied
