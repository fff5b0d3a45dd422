"""Letters: a look at the next one, and fewer of them without signing in."""

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from sapwood.core.pages import render
from sapwood.notify.letters.composing import html_of
from sapwood.notify.letters.preview import next_letter
from sapwood.notify.letters.slower import read_token
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person


# A letter carries its styles with it, since mail programs load none; it holds no script at all.
@csp_replace({"style-src": ["'unsafe-inline'"], "script-src": ["'none'"]})
@never_cache
@require_GET
def preview(request: PersonRequest) -> HttpResponse:
    """The next letter as it would leave now."""
    content = next_letter(request.user, request.user.now())
    return HttpResponse(html_of(content)) if content else redirect("inbox")


@csrf_exempt  # the token is the proof, and the reader has no session here
@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def slower(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows one button, because scanners of mail follow links; POST does it."""
    try:
        asked = read_token(token)
    except (BadSignature, ValueError, Person.DoesNotExist) as error:
        raise Http404 from error
    if request.method == "POST":
        asked.begin(timezone.now())
    with translation.override(asked.person.language):
        context = {"slower": asked, "done": request.method == "POST", "lang": asked.person.language}
        return render(request, "notify/slower.html", context)
