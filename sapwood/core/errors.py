"""Pages for what went wrong: each says what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from sapwood.core.pages import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return render(request, "core/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: seen, but not theirs to change."""
    return render(request, "core/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing this person may see; the two look the same."""
    return render(request, "core/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without the database, which may be what failed."""
    from django.template import engines

    template = engines["jinja2"].env.get_template("core/500.html")  # type: ignore[attr-defined]
    return HttpResponse(template.render(lang=get_language() or "en"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is too old: says to go back, so that nothing written is lost."""
    return render(request, "core/csrf.html", status=403)
