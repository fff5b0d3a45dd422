"""Steps that reach far ask once more who is there: a password, a key, or a fresh sign-in."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows import login, reauthentication
from allauth.core.exceptions import ReauthenticationRequired
from django.http.response import HttpResponseBase

from sapwood.core.pages import render
from sapwood.people.doors.asking import PersonRequest

View = Callable[..., HttpResponseBase]


def is_proved(request: PersonRequest) -> bool:
    """True if the person showed in the last minutes that it is them."""
    if reauthentication.get_reauthentication_flows(request.user):
        return bool(reauthentication.did_recently_reauthenticate(request))
    records = login.get_authentication_records(request, request.user)
    last = records[-1]["at"] if records else 0
    return bool(time.time() - last < app_settings.REAUTHENTICATION_TIMEOUT)


def proof_required(view: View) -> View:
    """Sends people with a password or second step to show it, and asks others to sign in again."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_proved(request):
            return view(request, *args, **kwargs)
        if reauthentication.get_reauthentication_flows(request.user):
            raise ReauthenticationRequired
        return render(request, "people/visible/again.html", status=403)

    return guarded
