"""Someone new between the form and the proof of their address: kept in the session only.

Nobody exists here until the code from the e-mail came back, so a stranger cannot take an address
that is not theirs, and a page never tells whether an address is known.
"""

import time
from dataclasses import asdict, dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code, generate_user_code
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from sapwood.people.models import Person

KEY = "arrival"
LASTS = 15 * 60
TRIES = 5


@dataclass
class Arrival:
    """What was typed, the code that was sent, and how often it may still be tried."""

    name: str
    email: str
    password: str
    code: str
    at: float
    invitation: str = ""
    tries: int = TRIES

    def is_open(self, now: float) -> bool:
        """True while the code may be tried; `now` in seconds."""
        return self.tries > 0 and now - self.at < LASTS


def begin(request: HttpRequest, *, name: str, email: str, password: str, invitation: str) -> bool:
    """Sends a code, or to an address that is known a letter saying so; False if asked too often."""
    allowed = ratelimit.consume(request, action="signup") and ratelimit.consume(
        request, action="request_login_code", key=email
    )
    if not allowed:
        return False
    arrival = Arrival(
        name=name,
        email=email,
        password=make_password(password) if password else "",
        code=generate_user_code(),
        at=time.time(),
        invitation=invitation,
    )
    adapter: Any = get_adapter(request)
    if Person.objects.filter(email__iexact=email).exists():
        arrival.code = ""
        adapter.send_account_already_exists_mail(email)
    else:
        adapter.send_mail("account/email/email_confirmation_signup", email, {"code": arrival.code})
    keep(request, arrival)
    return True


def keep(request: HttpRequest, arrival: Arrival) -> None:
    """Puts it into the session."""
    request.session[KEY] = asdict(arrival)


def waiting(request: HttpRequest) -> Arrival | None:
    """Who waits for their code in this browser; None when there is nobody or it took too long."""
    stored = request.session.get(KEY)
    arrival = Arrival(**stored) if stored else None
    return arrival if arrival and arrival.is_open(time.time()) else None


def prove(request: HttpRequest, arrival: Arrival, code: str) -> bool:
    """True for the right code; a wrong one costs a try."""
    if arrival.code and compare_user_code(actual=code, expected=arrival.code):
        return True
    arrival.tries -= 1
    keep(request, arrival)
    return False


def forget(request: HttpRequest) -> None:
    """Takes it out of the session."""
    request.session.pop(KEY, None)
