"""Theme and language, chosen from the frame of any page: kept with the person, else in a cookie."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = {"", "light", "dark"}
YEAR = 365 * 24 * 3600


def way_back(request: HttpRequest) -> str:
    """The page the form stood on; the front page when it names another site."""
    there = request.POST.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, allowed_hosts=None) else "/"


def _keep(request: HttpRequest, field: str, cookie: str, value: str) -> HttpResponse:
    response = HttpResponseRedirect(way_back(request))
    if request.user.is_authenticated:
        setattr(request.user, field, value)
        request.user.save(update_fields=[field])
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(cookie, value, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or empty for what the device prefers."""
    chosen = request.POST.get("theme", "")
    if chosen not in THEMES:
        return HttpResponseBadRequest()
    return _keep(request, "theme", "theme", chosen)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """One of the languages the pages speak."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    return _keep(request, "language", "lang", chosen)
