"""Copies of unsaved words that <draft-keeper> has in the browser: saying which is not needed."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "kept"
FORM = re.compile(r"[\w-]{1,80}", re.ASCII)


def forget_copy(response: HttpResponse, name: str) -> HttpResponse:
    """Tells the browser to forget the copy of this name: its words are kept, or gone for good."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, name, max_age=600, samesite="Lax", secure=secure)
    return response


def taken(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer to a form whose words are saved; others' copies of the same form stay."""
    form = request.POST.get("draft", "")
    if FORM.fullmatch(form):
        forget_copy(response, f"{request.user.pk}:{form}")
    return response
