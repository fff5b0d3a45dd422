"""The door of the desk: for anyone else it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase

from sapwood.people.doors.asking import PersonRequest

View = Callable[..., HttpResponseBase]


def administrators_only(view: View) -> View:
    """404 for readers who are no administrator, 403 for writers."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_administrator:
            return view(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            raise Http404
        raise PermissionDenied

    return guarded
