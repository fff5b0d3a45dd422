"""The accessibility statement: what was checked, what is known, whom to tell."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from sapwood.core.languages import spoken
from sapwood.core.pages import render


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """A page for everyone, also signed out."""
    return render(request, "home/accessibility.html", {"languages": spoken()})
