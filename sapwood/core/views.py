"""Small views that belong to no app above: readiness, and what makes the site an app on a phone."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sapwood.core.assets import BUILT, asset
from sapwood.core.pages import shell_context

PAPER = "#f9f5ed"
ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"),
         ("icon-maskable-512.png", 512, "maskable"))  # fmt: skip


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: the database answers and has our tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM people_organisation")
    return HttpResponse("ready\n", content_type="text/plain")


@login_not_required
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and a fresh token: what a queue asks before it sends."""
    person = str(request.user.pk) if request.user.is_authenticated else None
    answer = JsonResponse({"person": person, "token": get_token(request)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it serves every page."""
    script = (BUILT / "sw.js").read_bytes()
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The app as a phone installs it, in the organisation's name; sharing opens the sheet."""
    shell = shell_context(request)
    add = reverse("moment_new")
    content = {
        "id": "/",
        "name": f"Sapwood · {shell['organisation'].name}",
        "short_name": shell["organisation"].name[:24],
        "description": _("A record of what you learn, kept by you and for you."),
        "lang": shell["lang"],
        "dir": "auto",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": asset(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
            for name, size, use in ICONS
        ],
        "shortcuts": [{"name": _("Add a moment"), "url": add}],
        "share_target": {
            "action": add,
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}
    return JsonResponse(content, content_type="application/manifest+json", headers=headers)
