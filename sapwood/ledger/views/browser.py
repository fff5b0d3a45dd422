"""Adding from outside: the bookmarklet, the share sheet, and the page without network."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from sapwood.core.pages import render
from sapwood.ledger.ways import ways_by_ring
from sapwood.people.doors.asking import PersonRequest

BOOKMARKLET = (
    "javascript:void open('{page}?title='+encodeURIComponent(document.title)"
    "+'&text='+encodeURIComponent(getSelection())+'&url='+encodeURIComponent(location.href),"
    "'_blank','popup,width=620,height=820')"
)


def from_browser(request: PersonRequest) -> HttpResponse:
    """How to add from another page or from a phone, with the link to drag."""
    page = request.build_absolute_uri(reverse("moment_new"))
    context = {"bookmarklet": BOOKMARKLET.format(page=page)}
    return render(request, "ledger/moments/browser.html", context)


@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """The page that stands in where there is no network, with a form of its own.

    Kept by the browser before it is needed, so it holds nothing about anybody.
    """
    language = request.GET.get("lang", "")
    known = language if language in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
    with translation.override(known):
        context = {"rings": list(ways_by_ring()), "lang": known, "person": None}
        context |= {"theme": "", "toasts": [], "my_rings": ""}
        response = render(request, "ledger/offline.html", context)
    response.headers["Content-Language"] = known
    response.headers["Cache-Control"] = "no-cache"
    return response
