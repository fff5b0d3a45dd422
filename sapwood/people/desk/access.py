"""The door of the desk: for anyone else it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase

from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Role

View = Callable[..., HttpResponseBase]


def open_to(*roles: str) -> Callable[[View], View]:
    """404 for readers who hold none of `roles`, 403 for writers."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.has_role(*roles):
                return view(request, *args, **kwargs)
            if request.method in ("GET", "HEAD"):
                raise Http404
            raise PermissionDenied

        return guarded

    return guard


administrators_only = open_to(Role.ADMINISTRATOR)
curators_only = open_to(Role.CURATOR, Role.STEWARD)
